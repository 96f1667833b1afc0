// What Go's `time.Parse` makes of the two layouts of the API. Go: src/time/format.go `parse`, `quote`
import { epochMillis } from '../../clock/calendar';

/** RFC 3339, by the second or by the microsecond. */
export const timeLayout = '2006-01-02T15:04:05Z07:00';
export const microTimeLayout = '2006-01-02T15:04:05.000000Z07:00';

/** A moment in UTC: milliseconds since 1970, whole seconds; and the digits after the second, six of them. */
export interface GoTime {
  readonly millis: number;
  readonly fraction: string;
}

const numbers: Readonly<Record<string, readonly [name: string, lowest: number, highest: number]>> = {
  '01': ['month', 1, 12],
  '02': ['', 0, 99],
  '15': ['hour', 0, 23],
  '04': ['minute', 0, 59],
  '05': ['second', 0, 59],
};
/** The elements of the layouts, and the marks between them. */
const elements = /2006|01|02|15|04|05|\.000000|Z07:00|./g;
const daysOfMonths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Reads `text` from left to right, one element of the layout after another; where one does not fit, Go's error. */
export function parseGoTime(text: string, layout: string): GoTime | { readonly refusal: string } {
  // Go counts bytes: each is a character here.
  const value = String.fromCharCode(...new TextEncoder().encode(text));
  const head = `parsing time ${quoted(value)}`;
  const parts = new Map<string, number>();
  let rest = value;
  let fraction = '';
  for (const element of layout.match(elements) ?? []) {
    const read = readElement(element, rest, layout === microTimeLayout);
    if (read === undefined) {
      const refusal = `${head} as ${quoted(layout)}: cannot parse ${quoted(rest)} as ${quoted(element)}`;
      return { refusal };
    }
    if (typeof read === 'string') return { refusal: `${head}: ${read} out of range` };
    parts.set(element, read.number);
    rest = rest.slice(read.length);
    fraction += read.fraction ?? '';
  }
  if (rest !== '') return { refusal: `${head}: extra text: ${quoted(rest)}` };
  const part = (element: string) => parts.get(element) ?? 0;
  const [year, month, day] = [part('2006'), part('01'), part('02')];
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const last = month === 2 && leap ? 29 : (daysOfMonths[month - 1] ?? 31);
  if (day < 1 || day > last) return { refusal: `${head}: day out of range` };
  const local = epochMillis(year, month, day, part('15'), part('04'), part('05'));
  return { millis: local - part('Z07:00') * 1000, fraction: fraction.padEnd(6, '0').slice(0, 6) };
}

interface Read {
  readonly number: number;
  readonly length: number;
  readonly fraction?: string;
}

/** Undefined where the element is not there; a name where its number is out of range. */
function readElement(element: string, rest: string, micro: boolean): Read | string | undefined {
  if (element === '2006') return whole(/^\d{4}/, rest);
  if (element === 'Z07:00') return readZone(rest);
  if (element === '.000000') {
    const digits = /^[.,](\d{6})/.exec(rest)?.[1];
    return digits === undefined ? undefined : { number: 0, length: 7, fraction: digits };
  }
  const range = numbers[element];
  if (!range) return rest.startsWith(element) ? { number: 0, length: 1 } : undefined;
  const [name, lowest, highest] = range;
  // An hour may have one digit only: its element has no leading zero.
  const read = whole(element === '15' ? /^\d\d?/ : /^\d\d/, rest);
  if (!read) return undefined;
  if (read.number < lowest || read.number > highest) return name;
  // A fraction is read along where the layout has none.
  const more = element === '05' && !micro ? /^[.,]\d+/.exec(rest.slice(2))?.[0] : undefined;
  return more === undefined ? read : { ...read, length: 2 + more.length };
}

function whole(pattern: RegExp, rest: string): Read | undefined {
  const digits = pattern.exec(rest)?.[0];
  return digits === undefined ? undefined : { number: Number(digits), length: digits.length };
}

function readZone(rest: string): Read | string | undefined {
  if (rest.startsWith('Z')) return { number: 0, length: 1 };
  const match = /^([+-])(\d\d):(\d\d)/.exec(rest);
  if (!match) return undefined;
  const [, sign, hours, minutes] = match;
  if (Number(hours) > 24) return 'time zone offset hour';
  if (Number(minutes) > 60) return 'time zone offset minute';
  return { number: (sign === '-' ? -60 : 60) * (Number(hours) * 60 + Number(minutes)), length: 6 };
}

/** Every byte that is no printable ASCII as `\x0a`, which is not how the rest of Go quotes. */
function quoted(bytes: string): string {
  const escaped = bytes.replace(/["\\]/g, '\\$&').replace(/[^\x20-\x7f]/g, (byte) => {
    return `\\x${byte.charCodeAt(0).toString(16).padStart(2, '0')}`;
  });
  return `"${escaped}"`;
}
