/** A worker that dies at its n-th call of a port: before the call takes effect, or after it and before the reply. */
export function dyingAt(n: number, when: 'before' | 'after') {
  let calls = 0;
  const died = Promise.withResolvers<void>();
  const mortal =
    <Args extends unknown[], Result>(port: (...args: Args) => Promise<Result>) =>
    async (...args: Args): Promise<Result> => {
      const dies = ++calls === n;
      const result = dies && when === 'before' ? undefined : await port(...args);
      if (!dies) return result as Result;
      died.resolve();
      return new Promise<never>(() => {});
    };
  return { mortal, died: died.promise, calls: () => calls };
}
