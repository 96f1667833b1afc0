import { describe, expect, it } from 'vitest';
import { Schedule } from '@/kubernetes/controllers/cron-job/schedule';
import { isTimeZone } from '@/kubernetes/controllers/cron-job/time-zone';

/** The next times of a schedule, as text. */
function times(text: string, from: string, count: number, zone?: string): string[] {
  const schedule = Schedule.parse(text, zone);
  const out: string[] = [];
  for (let at: number | undefined = Date.parse(from); out.length < count;) {
    at = schedule?.next(at);
    if (at === undefined) break;
    out.push(new Date(at).toISOString().slice(0, 19));
  }
  return out;
}

describe('schedules', () => {
  it('counts @every from the moment it is given, in whole seconds', () => {
    expect(times('@every 90s', '2026-11-21T08:00:10.500Z', 2)).toEqual(['2026-11-21T08:01:40', '2026-11-21T08:03:10']);
    expect(times('@every 1h30m', '2026-11-21T08:00:00Z', 1)).toEqual(['2026-11-21T09:30:00']);
    expect(Schedule.parse('@every soon')).toBeUndefined();
  });

  it('knows the names of common schedules', () => {
    expect(times('@hourly', '2026-11-21T08:00:10Z', 2)).toEqual(['2026-11-21T09:00:00', '2026-11-21T10:00:00']);
    expect(times('@daily', '2026-11-21T08:00:10Z', 1)).toEqual(['2026-11-22T00:00:00']);
  });

  it('reads the clocks of a time zone, in winter and in summer', () => {
    expect(times('30 9 * * *', '2026-11-21T07:00:00Z', 1, 'Europe/Zurich')).toEqual(['2026-11-21T08:30:00']);
    expect(times('30 9 * * *', '2026-07-21T07:00:00Z', 1, 'Europe/Zurich')).toEqual(['2026-07-21T07:30:00']);
    expect(times('15 0 1 * *', '2026-11-21T07:00:00Z', 1, 'Asia/Kolkata')).toEqual(['2026-11-30T18:45:00']);
    expect(isTimeZone('Europe/Zurich')).toBe(true);
    expect(isTimeZone('Europe/Nowhere')).toBe(false);
  });

  it('runs once on the day on which the clocks change', () => {
    expect(times('30 4 * * *', '2026-03-28T12:00:00Z', 2, 'Europe/Zurich')).toEqual([
      '2026-03-29T02:30:00',
      '2026-03-30T02:30:00',
    ]);
    expect(times('30 4 * * *', '2026-10-24T12:00:00Z', 2, 'Europe/Zurich')).toEqual([
      '2026-10-25T03:30:00',
      '2026-10-26T03:30:00',
    ]);
  });
});
