/** A moment in UTC, split into the parts that are printed. Months count from 1, weekdays from 0 (Sunday). */
export interface CalendarTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
  readonly weekday: number;
}

const DAY = 86_400_000;

/** Splits milliseconds since 1970. The host's own calendar is never asked, so every machine prints the same. */
export function calendar(epochMillis: number): CalendarTime {
  const days = Math.floor(epochMillis / DAY);
  const rest = epochMillis - days * DAY;
  // Days to civil date, proleptic Gregorian, in eras of 400 years that begin on 1 March.
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1,
    hour: Math.floor(rest / 3_600_000),
    minute: Math.floor(rest / 60_000) % 60,
    second: Math.floor(rest / 1000) % 60,
    millisecond: Math.floor(rest) % 1000,
    weekday: (((days + 4) % 7) + 7) % 7,
  };
}

/** Milliseconds since 1970 of a date in UTC. */
export function epochMillis(year: number, month: number, day: number, hour = 0, minute = 0, second = 0): number {
  const marchYear = month <= 2 ? year - 1 : year;
  const era = Math.floor(marchYear / 400);
  const yearOfEra = marchYear - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  const days = era * 146_097 + dayOfEra - 719_468;
  return days * DAY + hour * 3_600_000 + minute * 60_000 + second * 1000;
}

const RFC3339 = /^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:[Zz]|([+-])(\d\d):(\d\d))$/;

/** Milliseconds since 1970 of an RFC 3339 text; undefined when it is none. */
export function parseRfc3339(text: string): number | undefined {
  const match = RFC3339.exec(text);
  if (!match) return undefined;
  const part = (index: number) => Number(match[index] ?? 0);
  const offset = (part(9) * 60 + part(10)) * 60_000 * (match[8] === '-' ? -1 : 1);
  const fraction = match[7] ? Math.floor(Number(`0.${match[7]}`) * 1000) : 0;
  return epochMillis(part(1), part(2), part(3), part(4), part(5), part(6)) + fraction - offset;
}

const upTo99 = Array.from({ length: 100 }, (_, value) => String(value).padStart(2, '0'));

/** `7` → `07`. */
export function two(value: number): string {
  return upTo99[value] ?? String(value);
}

/** The last date that was written out: one day has many timestamps. */
let dated: { readonly day: number; readonly text: string } = { day: NaN, text: '' };

/** `2026-11-21T07:51:56` of milliseconds since 1970. */
export function isoSecondsAt(epochMillis: number): string {
  const day = Math.floor(epochMillis / DAY);
  if (day !== dated.day) dated = { day, text: isoSeconds(calendar(day * DAY)).slice(0, -8) };
  const seconds = Math.floor((epochMillis - day * DAY) / 1000);
  const minutes = Math.floor(seconds / 60);
  return `${dated.text}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}:${two(seconds % 60)}`;
}

/** `2026-11-21T07:51:56` without fraction and zone. */
export function isoSeconds(time: CalendarTime): string {
  return `${time.year}-${two(time.month)}-${two(time.day)}T${two(time.hour)}:${two(time.minute)}:${two(time.second)}`;
}

/** The short names of days, Sunday first. */
export const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** The short names of months, January first. */
export const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
