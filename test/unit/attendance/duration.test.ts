import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { secondsIn } from '#shared/attendance/duration.ts';
import { momentIn } from '#shared/attendance/moment.ts';

describe('a duration', () => {
  test.each<[string, number]>([
    ['62', 3720],
    ['62.5', 3750],
    ['62,5', 3750],
    ['0', 0],
    ['62 min', 3720],
    ['62 mins.', 3720],
    ['1h 2m 3s', 3723],
    ['1h2m3s', 3723],
    ['1 h 2 min 3 s', 3723],
    ['1 hour, 2 minutes and 3 seconds', 3723],
    ['2 Hours 5 Minutes', 7500],
    ['1 hr 4 min', 3840],
    ['45s', 45],
    ['1:02:03', 3723],
    ['01:02:03', 3723],
    ['26:00:00', 93_600],
    ['PT1H2M3S', 3723],
    ['1d 2h', 93_600],
    ['< 1 minute', 0],
    ['<1 min', 0],
    ['less than a minute', 0],
  ])('%s is %i seconds', (written, seconds) => {
    expect(secondsIn(written, 'minutes')).toBe(seconds);
  });

  test('that is a bare number counts in the unit of its column', () => {
    expect(secondsIn('90', 'seconds')).toBe(90);
    expect(secondsIn('90 min', 'seconds')).toBe(5400);
  });

  test.each(['', ' ', '-', '--', '—', 'n/a', 'N/A'])('%j is none', (written) => {
    expect(secondsIn(written, 'minutes')).toBe('none');
  });

  test.each(['1:02', '62:30', 'all day', '-5', '1,234', '1h 2x', 'h', '2026-02-19', '1h and', '=62', '٥'])(
    '%s is not understood',
    (written) => {
      expect(secondsIn(written, 'minutes')).toBeUndefined();
    },
  );

  test('is read as it was meant, in every way to write it', () => {
    fc.assert(
      fc.property(fc.nat(99), fc.nat(59), fc.nat(59), (h, m, s) => {
        const seconds = h * 3600 + m * 60 + s;
        const two = (n: number) => String(n).padStart(2, '0');
        for (const written of [`${h}h ${m}m ${s}s`, `${h}:${two(m)}:${two(s)}`, `PT${h}H${m}M${s}S`]) {
          expect(secondsIn(written, 'minutes')).toBe(seconds);
        }
        expect(secondsIn(String(seconds), 'seconds')).toBe(seconds);
      }),
    );
  });
});

describe('a moment', () => {
  const at = Date.UTC(2026, 1, 19, 21, 5, 30) / 1000;

  test.each([
    '02/19/2026 09:05:30 PM',
    '2/19/26, 9:05:30 PM',
    '19/02/2026 21:05:30',
    '19.02.2026, 21:05:30',
    '2026-02-19 21:05:30',
    '2026-02-19T21:05:30Z',
    'Feb 19, 2026 09:05:30 PM GMT',
    'Thu, February 19, 2026 9:05:30 p.m.',
    '19 Feb 2026 21:05:30',
  ])('is read: %s', (written) => {
    expect(momentIn(written)).toBe(at);
  });

  test('around noon and midnight is read as Americans mean it', () => {
    expect(momentIn('2/19/26, 12:05:30 AM')).toBe(Date.UTC(2026, 1, 19, 0, 5, 30) / 1000);
    expect(momentIn('2/19/26, 12:05:30 PM')).toBe(Date.UTC(2026, 1, 19, 12, 5, 30) / 1000);
  });

  test.each(['', '--', 'yesterday', '25/25/2026 10:00', '2026-02-19', '19.02.2026 25:00'])('is none: %j', (written) => {
    expect(momentIn(written)).toBeUndefined();
  });
});
