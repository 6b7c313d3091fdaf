const LOOK_EVERY_MS = 500;

/**
 * Is aborted by Ctrl-C and by the signals that ask a program to end. npm passes those on to its shell alone, and leaves what
 * the shell has started: who was started by npm and has lost that shell has been asked to end, too.
 */
export function stopRequest(): AbortSignal {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort());
  const { ppid } = process;
  const look = () => {
    if (process.ppid !== ppid) stop.abort();
  };
  if (process.env['npm_lifecycle_event'] !== undefined) setInterval(look, LOOK_EVERY_MS).unref();
  return stop.signal;
}
