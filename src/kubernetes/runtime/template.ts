import { calendar, type CalendarTime, isoSeconds, months, two, weekdays } from '../clock/calendar';

export type Table = Readonly<Record<string, string>>;

/** What names stand for: a table, or somebody who is asked. */
export type Values = Table | ((name: string) => string | undefined);

type TimeFormat = (t: CalendarTime) => string;

const clock: TimeFormat = (t) => `${two(t.hour)}:${two(t.minute)}:${two(t.second)}`;
const month: TimeFormat = (t) => months[t.month - 1] ?? '';
const weekday: TimeFormat = (t) => weekdays[t.weekday] ?? '';
const fraction: TimeFormat = (t) => String(t.millisecond).padStart(3, '0');

/** The ways in which programs write the time, by the name that templates use: `${time.nginx}`. */
const formats: Readonly<Record<string, TimeFormat>> = {
  'time.nginx': (t) => `${t.year}/${two(t.month)}/${two(t.day)} ${clock(t)}`,
  'time.clf': (t) => `${two(t.day)}/${month(t)}/${t.year}:${clock(t)} +0000`,
  'time.redis': (t) => `${two(t.day)} ${month(t)} ${t.year} ${clock(t)}.${fraction(t)}`,
  'time.apache': (t) => `${weekday(t)} ${month(t)} ${two(t.day)} ${clock(t)}.${fraction(t)}000 ${t.year}`,
  'time.http': (t) => `${weekday(t)}, ${two(t.day)} ${month(t)} ${t.year} ${clock(t)} GMT`,
  'time.date': (t) => `${weekday(t)} ${month(t)} ${String(t.day).padStart(2)} ${clock(t)} UTC ${t.year}`,
  'time.iso': (t) => `${isoSeconds(t)}.${fraction(t)}Z`,
  'time.isoSeconds': (t) => `${isoSeconds(t)}Z`,
};

/** A moment (milliseconds since 1970) as programs write it. */
export function times(epochMillis: number): Values {
  return (name) => formats[name]?.(calendar(epochMillis));
}

/** Fills `${name}` in. A name that nothing stands for is left as it is, so that a typo in an image file shows. */
export function fill(template: string, ...values: readonly Values[]): string {
  const parts = partsOf(template);
  let text = parts[0] ?? '';
  for (let i = 1; i < parts.length; i += 2) {
    const name = parts[i] ?? '';
    text += (valueOf(name, values) ?? `\${${name}}`) + (parts[i + 1] ?? '');
  }
  return text;
}

function valueOf(name: string, values: readonly Values[]): string | undefined {
  for (const table of values) {
    const value = typeof table === 'function' ? table(name) : table[name];
    if (value !== undefined) return value;
  }
  return undefined;
}

/** Text, name, text, name … text. Image files have few templates, which are filled again and again. */
function partsOf(template: string): readonly string[] {
  const known = split.get(template);
  if (known) return known;
  const parts = template.split(/\$\{([\w.]+)\}/);
  split.set(template, parts);
  return parts;
}

const split = new Map<string, readonly string[]>();
