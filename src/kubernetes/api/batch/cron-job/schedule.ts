// Upstream: github.com/robfig/cron/v3 parser.go `ParseStandard`
import { goQuote } from '../../field-error';

interface Bounds {
  readonly lowest: number;
  readonly highest: number;
  readonly names?: Readonly<Record<string, number>>;
}

function numbered(names: readonly string[], first: number): Record<string, number> {
  return Object.fromEntries(names.map((name, i) => [name, i + first]));
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/** Minute, hour, day of month, month, day of week. */
const fields: readonly Bounds[] = [
  { lowest: 0, highest: 59 },
  { lowest: 0, highest: 23 },
  { lowest: 1, highest: 31 },
  { lowest: 1, highest: 12, names: numbered(months, 1) },
  { lowest: 0, highest: 6, names: numbered(days, 0) },
];

const descriptors = new Set(['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly']);

/** What is wrong with a schedule, in the words of the parser. */
export function scheduleError(schedule: string): string | undefined {
  const text = withoutTimeZone(schedule);
  if (text.startsWith('@')) return descriptorError(text);
  const parts = text.split(/\s+/).filter((part) => part !== '');
  if (parts.length !== fields.length) {
    return `expected exactly ${fields.length} fields, found ${parts.length}: [${parts.join(' ')}]`;
  }
  for (const [i, bounds] of fields.entries()) {
    for (const range of (parts[i] ?? '').split(',')) {
      const error = range === '' ? undefined : rangeError(range, bounds);
      if (error) return error;
    }
  }
  return undefined;
}

function withoutTimeZone(schedule: string): string {
  if (!schedule.startsWith('TZ=') && !schedule.startsWith('CRON_TZ=')) return schedule;
  const space = schedule.indexOf(' ');
  return space < 0 ? '' : schedule.slice(space).trim();
}

function descriptorError(text: string): string | undefined {
  if (descriptors.has(text)) return undefined;
  if (!text.startsWith('@every ')) return `unrecognized descriptor: ${text}`;
  const duration = text.slice('@every '.length);
  if (/^[+-]?((\d+(\.\d*)?|\.\d+)(ns|us|µs|ms|s|m|h))+$/.test(duration) || duration === '0') return undefined;
  return `failed to parse duration ${text}: time: invalid duration ${goQuote(duration)}`;
}

function rangeError(range: string, bounds: Bounds): string | undefined {
  const [span = '', step, ...tooManySteps] = range.split('/');
  const [low = '', high, ...tooManyLimits] = span.split('-');
  const star = low === '*' || low === '?';
  const start = star ? bounds.lowest : numberOf(low, bounds);
  if (typeof start === 'string') return start;
  if (!star && tooManyLimits.length > 0) return `too many hyphens: ${range}`;
  const written = star ? bounds.highest : high === undefined ? start : numberOf(high, bounds);
  if (typeof written === 'string') return written;
  if (tooManySteps.length > 0) return `too many slashes: ${range}`;
  const every = step === undefined ? 1 : numberOf(step, { lowest: 0, highest: 0 });
  if (typeof every === 'string') return every;
  const end = step !== undefined && high === undefined ? bounds.highest : written;
  if (start < bounds.lowest) return `beginning of range (${start}) below minimum (${bounds.lowest}): ${range}`;
  if (end > bounds.highest) return `end of range (${end}) above maximum (${bounds.highest}): ${range}`;
  if (start > end) return `beginning of range (${start}) beyond end of range (${end}): ${range}`;
  return every === 0 ? `step of range should be a positive number: ${range}` : undefined;
}

/** A number, or what the parser says of a text that is none. */
function numberOf(text: string, { names }: Bounds): number | string {
  const named = names?.[text.toLowerCase()];
  if (named !== undefined) return named;
  if (!/^[+-]?\d+$/.test(text)) {
    return `failed to parse int from ${text}: strconv.Atoi: parsing ${goQuote(text)}: invalid syntax`;
  }
  const value = Number(text);
  return value < 0 ? `negative number (${value}) not allowed: ${text}` : value;
}
