import type { Task } from '@/kubernetes/clock/task';
import { commands } from './commands';
import { Buffer, Input, type Io } from './io';
import type { Node } from './language/syntax';
import { BrokenPipe } from './leave';
import type { Session } from './session';

type RunStage = (node: Node, session: Session, io: Io) => Task<number>;

/**
 * Runs the stages of a pipeline one after the other. A stage that takes time (`kubectl get -w | grep x | head -3`) is
 * looked at whenever it waits: what the later stages make of its output so far is printed at once, and a later stage
 * that has read enough ends it, as SIGPIPE does.
 */
export function* runPipeline(stages: readonly Node[], session: Session, io: Io, run: RunStage): Task<number> {
  const [first, ...rest] = stages;
  if (!first) return 0;
  if (rest.length === 0) return yield* run(first, session, io);
  const buffer = new Buffer();
  const later = rest.map(literalCommand);
  const streaming = later.every((stage) => stage?.command.incremental?.(stage.args) ?? false);
  let printed = 0;
  let looked = 0;
  let failed: number;
  const next = later[0];
  const enough = () => next?.command.satisfied?.(next.args, buffer.text) ?? false;
  // A stage that only writes and never waits is looked at as its output doubles.
  let written = 0;
  let doubled = 1;
  const stdout = (text: string) => {
    buffer.write(text);
    written += text.length;
    if (written < doubled) return;
    doubled = written * 2;
    if (enough()) throw new BrokenPipe();
  };
  const task = unlessBroken(run(first, session, { ...io, stdout }));
  for (;;) {
    const turn = task.next();
    if (turn.done) {
      failed = turn.value;
      break;
    }
    const text = buffer.text;
    if (text.length > looked && streaming) {
      looked = text.length;
      const output = yield* filtered(rest, session, run, text);
      io.stdout(output.slice(printed));
      printed = Math.max(printed, output.length);
    }
    if (enough()) {
      task.return(141);
      failed = 141;
      break;
    }
    yield turn.value;
  }
  let skip = printed;
  const unprinted = (text: string) => {
    io.stdout(text.slice(skip));
    skip = Math.max(0, skip - text.length);
  };
  const code = yield* runPipeline(rest, session, { ...io, input: new Input(buffer.text), stdout: unprinted }, run);
  return code === 0 && session.switches.has('pipefail') ? failed : code;
}

function* unlessBroken(task: Task<number>): Task<number> {
  try {
    return yield* task;
  } catch (problem) {
    if (problem instanceof BrokenPipe) return 141;
    throw problem;
  }
}

/** What `stages` make of `text`. */
function* filtered(stages: readonly Node[], session: Session, run: RunStage, text: string): Task<string> {
  const out = new Buffer();
  const quiet = () => undefined;
  yield* runPipeline(stages, session, { input: new Input(text), stdout: out.write, stderr: quiet }, run);
  return out.text;
}

/** The command and arguments of a stage that names both literally. */
function literalCommand(node: Node) {
  if (node.kind !== 'simple' || node.redirects.length > 0) return undefined;
  const words: string[] = [];
  for (const word of node.words) {
    let text = '';
    for (const part of word) {
      if (part.kind !== 'text') return undefined;
      text += part.text;
    }
    words.push(text);
  }
  const [name = '', ...args] = words;
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  return command && { command, args };
}
