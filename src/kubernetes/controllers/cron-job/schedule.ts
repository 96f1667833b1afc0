import { calendar } from '../../clock/calendar';
import { zoneOffset } from './time-zone';

const MINUTE = 60_000;
const names: readonly (readonly string[])[] = [
  [],
  [],
  [],
  ['', 'jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'],
  ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'],
];
const ranges: readonly (readonly [number, number])[] = [
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 6],
];
const macros: Readonly<Record<string, string>> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
};

interface Field {
  readonly values: ReadonlySet<number>;
  /** Written as `*`: it does not narrow the day. */
  readonly any: boolean;
}

/**
 * A schedule of five fields in a time zone, or `@every` and a duration, as github.com/robfig/cron reads them. Where clocks
 * are put forward, the hour that is left out is not made up for.
 */
export class Schedule {
  private constructor(
    private readonly fields: readonly Field[],
    private readonly zone: string,
    /** Of `@every`, in milliseconds. */
    private readonly period?: number,
  ) {}

  /** undefined when the text is no schedule. */
  static parse(text: string, zone = 'UTC'): Schedule | undefined {
    const every = /^@every (.*)$/.exec(text);
    if (every) {
      const period = goDuration(every[1] ?? '');
      // Whole seconds, at least one: robfig/cron `Every`.
      return period === undefined
        ? undefined
        : new Schedule([], zone, Math.max(1000, Math.floor(period / 1000) * 1000));
    }
    const parts = (macros[text.trim()] ?? text).trim().split(/\s+/);
    if (parts.length !== 5) return undefined;
    const fields = parts.map((part, i) => parseField(part, i));
    return fields.every((field): field is Field => field !== undefined) ? new Schedule(fields, zone) : undefined;
  }

  /** The first moment after `after` (milliseconds since 1970); undefined when there is none within five years. */
  next(after: number): number | undefined {
    if (this.period !== undefined) return Math.floor(after / 1000) * 1000 + this.period;
    const end = after + 5 * 366 * 1440 * MINUTE;
    for (let time = (Math.floor(after / MINUTE) + 1) * MINUTE; time <= end;) {
      const ahead = this.zone === 'UTC' ? 0 : zoneOffset(this.zone, time);
      const { minute, hour, day, month, weekday } = calendar(time + ahead);
      if (!this.has(3, month) || !this.fits(day, weekday)) time = nextMultiple(time, ahead, 86_400_000);
      else if (!this.has(1, hour)) time = nextMultiple(time, ahead, 3_600_000);
      else if (!this.has(0, minute)) time += MINUTE;
      else return time;
    }
    return undefined;
  }

  /** Day of month and day of week: both must fit where one is `*`, either where both are given. */
  private fits(day: number, weekday: number): boolean {
    const either = !this.fields[2]?.any && !this.fields[4]?.any;
    const [a, b] = [this.has(2, day), this.has(4, weekday)];
    return either ? a || b : a && b;
  }

  private has(field: number, value: number): boolean {
    return this.fields[field]?.values.has(value) ?? false;
  }
}

/** The next local midnight or full hour; an hour early where the clocks change in between, never late. */
function nextMultiple(time: number, ahead: number, size: number): number {
  const next = (Math.floor((time + ahead) / size) + 1) * size - ahead;
  return size > 3_600_000 ? Math.max(time + MINUTE, next - 3_600_000) : next;
}

const unitSizes: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1000, ms: 1, us: 1e-3, ns: 1e-6 };

/** Go's `time.ParseDuration`, in milliseconds. */
function goDuration(text: string): number | undefined {
  if (!/^(?:\d+(?:\.\d+)?(?:h|ms|m|s|us|ns))+$/.test(text)) return undefined;
  return [...text.matchAll(/(\d+(?:\.\d+)?)(h|ms|m|s|us|ns)/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * (unitSizes[unit ?? ''] ?? 0),
    0,
  );
}

function parseField(text: string, index: number): Field | undefined {
  const [low = 0, high = 0] = ranges[index] ?? [];
  const values = new Set<number>();
  for (const part of text.split(',')) {
    const [range = '', step] = part.split('/');
    const bounds = range === '*' || range === '?' ? [low, high] : range.split('-').map((one) => numberOf(one, index));
    const first = bounds[0];
    const last = bounds.length > 1 ? bounds[1] : step === undefined ? first : high;
    const by = step === undefined ? 1 : Number(step);
    if (first === undefined || last === undefined || !Number.isInteger(by) || by < 1) return undefined;
    if (first < low || last > high || first > last) return undefined;
    for (let value = first; value <= last; value += by) values.add(value);
  }
  return { values, any: text.startsWith('*') || text.startsWith('?') };
}

function numberOf(text: string, index: number): number | undefined {
  if (/^\d+$/.test(text)) return Number(text);
  const found = names[index]?.indexOf(text.toLowerCase()) ?? -1;
  return found >= 0 ? found : undefined;
}
