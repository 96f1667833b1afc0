import type { Millis } from '../clock/clock';
import type { LogLine } from './records';

/** The log of one container: what its processes wrote, line by line, with the time of each line. */
export class ContainerLog {
  readonly lines: LogLine[] = [];

  /** What had been written at a moment. */
  asOf(at: Millis): ContainerLog {
    const past = new ContainerLog();
    for (const line of this.lines) {
      if (line.at > at) break;
      past.lines.push(line);
    }
    return past;
  }

  write(at: Millis, stream: 'stdout' | 'stderr', text: string): void {
    let from = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      this.add(at, stream, text.slice(from, end), true);
      from = end + 1;
    }
    if (from < text.length) this.add(at, stream, text.slice(from), false);
  }

  private add(at: Millis, stream: 'stdout' | 'stderr', text: string, ended: boolean): void {
    const last = this.lines.at(-1);
    if (last && !last.ended && last.stream === stream) {
      this.lines[this.lines.length - 1] = { ...last, text: last.text + text, ended };
    } else this.lines.push({ at, stream, text, ended });
  }
}
