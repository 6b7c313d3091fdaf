const MINUTE = 60_000;
const UNITS = [
  { name: 'day', ms: 24 * 60 * MINUTE },
  { name: 'hour', ms: 60 * MINUTE },
  { name: 'minute', ms: MINUTE },
];

/** "12 days", "1 day and 4 hours", "3 hours and 20 minutes": the two biggest units, fewer where they say it all. */
export function timeLeft(ms: number): string {
  const biggest = UNITS.findIndex((unit) => ms >= unit.ms);
  if (biggest === -1) return 'less than a minute';
  const used = UNITS.slice(biggest, biggest + (ms >= 3 * 24 * 60 * MINUTE ? 1 : 2));
  let left = ms;
  const words = used.flatMap(({ name, ms: size }) => {
    const count = Math.floor(left / size);
    left -= count * size;
    return count === 0 ? [] : [`${count} ${name}${count === 1 ? '' : 's'}`];
  });
  return words.join(' and ');
}
