import { tabwriter } from '../output/table';
import { calendar, months, parseRfc3339, two, weekdays } from '@/kubernetes/clock/calendar';

/** A describer's text under construction: `level` two-space steps, then cells parted by tabs. */
export class Lines {
  private readonly rows: string[][] = [];

  /** Only the first of several lines is set in. Upstream: describe.go `prefixWriter`. */
  add(level: number, text: string): void {
    for (const line of `${'  '.repeat(level)}${text}`.split('\n')) this.rows.push(line.split('\t'));
  }

  /** `Name:  value` */
  field(name: string, value: string | number | boolean | undefined | null, level = 0): void {
    this.add(level, `${name}:\t${value ?? ''}`);
  }

  /** The lines as they were written, tabs and all: some commands of kubectl print them so. */
  raw(): string {
    return this.rows.map((cells) => `${cells.join('\t')}\n`).join('');
  }

  /** Upstream: kubectl/pkg/describe/describe.go `tabbedString`: minwidth 0, padding 2. */
  toString(): string {
    return tabwriter(this.rows, 0, 2);
  }
}

/** `Sat, 21 Nov 2026 07:51:55 +0000`; Go's RFC1123Z. */
export function longTime(timestamp: string | undefined | null): string {
  const millis = timestamp ? parseRfc3339(timestamp) : undefined;
  if (millis === undefined) return 'Mon, 01 Jan 0001 00:00:00 +0000';
  const time = calendar(millis);
  const date = `${two(time.day)} ${months[time.month - 1] ?? ''} ${time.year}`;
  return `${weekdays[time.weekday] ?? ''}, ${date} ${two(time.hour)}:${two(time.minute)}:${two(time.second)} +0000`;
}

/** `True`, `False` */
export function goBool(value: boolean | undefined): string {
  return value ? 'True' : 'False';
}
