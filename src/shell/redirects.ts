import type { Task } from '@/kubernetes/clock/task';
import { Buffer, Input, type Io } from './io';
import { type Substitute, expandText } from './language/expand';
import type { Redirect } from './language/syntax';
import { Stopped } from './leave';
import type { Session } from './session';

/** Most characters that one line may write into files: a loop that doubles a file would eat all memory. */
const mostWritten = 64_000_000;

/** Runs `body` with its input and output led elsewhere. A file is written when `body` has ended. */
export function* redirected(
  redirects: readonly Redirect[],
  session: Session,
  io: Io,
  substitute: Substitute,
  body: (io: Io) => Task<number>,
): Task<number> {
  let input = io.input;
  // Descriptors 1 and 2 as they are after the redirects so far, from left to right.
  const out: [undefined, (text: string) => void, (text: string) => void] = [undefined, io.stdout, io.stderr];
  const finish: (() => void)[] = [];
  for (const redirect of redirects) {
    const target = yield* expandText(redirect.target, session, substitute);
    const from = redirect.from === 2 ? 2 : 1;
    switch (redirect.operator) {
      case '<<':
        input = new Input(target);
        break;
      case '<<<':
        input = new Input(`${target}\n`);
        break;
      case '<': {
        const text = target === '/dev/null' ? '' : session.files.read(target);
        if (text === undefined) {
          io.stderr(`${session.shell}: ${target}: No such file or directory\n`);
          return 1;
        }
        input = new Input(text);
        break;
      }
      case '>&':
        if (target === '1' || target === '2') out[from] = out[target === '1' ? 1 : 2];
        else if (target === '-') out[from] = nowhere;
        else {
          io.stderr(`${session.shell}: ${target}: Bad file descriptor\n`);
          return 1;
        }
        break;
      case '>':
      case '>>':
      case '&>': {
        if (session.files.list(target)) {
          io.stderr(`${session.shell}: ${target}: Is a directory\n`);
          return 1;
        }
        const write = device(target, io) ?? fileWriter(target, redirect.operator === '>>', session, finish);
        out[from] = write;
        if (redirect.operator === '&>') out[2] = write;
      }
    }
  }
  try {
    return yield* body({ input, stdout: out[1], stderr: out[2] });
  } finally {
    for (const step of finish) step();
  }
}

function nowhere(): void {
  // Writing there is the whole effect.
}

function device(path: string, io: Io): ((text: string) => void) | undefined {
  if (path === '/dev/null') return nowhere;
  if (path === '/dev/stdout') return io.stdout;
  if (path === '/dev/stderr') return io.stderr;
  return undefined;
}

function fileWriter(path: string, append: boolean, session: Session, finish: (() => void)[]): (text: string) => void {
  const buffer = new Buffer();
  const files = session.files;
  const before = append ? (files.read(path) ?? '') : '';
  if (!append) files.write(path, '');
  finish.push(() => {
    const text = before + buffer.text;
    session.budget.written += text.length;
    if (session.budget.written > mostWritten) throw new Stopped('write error: No space left on device');
    files.write(path, text);
  });
  return buffer.write;
}
