import type { Task } from '@/kubernetes/clock/task';
import type { LineResult } from '@/shell/interpreter';
import type { Started, Tasks } from '@/shell/tasks';
import { Transcript } from './transcript';

/** A command that somebody looks on at while it runs: what it prints is told piece by piece. */
export class Foreground {
  exitCode: number | undefined;
  /** The text it wants edited before it goes on. */
  asks: string | undefined;
  /** Virtual milliseconds. */
  endedAt: number | undefined;
  private answer: string | undefined;
  private started: Started | undefined;

  readonly transcript = new Transcript();

  constructor(readonly command: number) {}

  begin(tasks: Tasks, task: Task<LineResult>, ended: () => void): void {
    this.started = tasks.begin(task, (result) => {
      this.exitCode = result.exitCode;
      ended();
    });
  }

  /** Ctrl+C: exit code 130. */
  interrupt(): void {
    this.started?.stop();
    this.transcript.stderr('^C\n');
    this.exitCode = 130;
    this.asks = undefined;
  }

  /** Waits until a text was edited. */
  *ask(text: string): Task<string> {
    this.asks = text;
    this.answer = undefined;
    while (this.answer === undefined) yield {};
    this.asks = undefined;
    return this.answer;
  }

  edited(text: string): void {
    if (this.asks === undefined) return;
    this.answer = text;
    this.started?.wake();
  }
}
