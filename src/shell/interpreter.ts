import type { Task } from '@/kubernetes/clock/task';
import type { ExecRequest } from '@/kubectl/command';
import { KubectlError } from '@/kubectl/errors';
import { assignedBy } from './assign';
import { firstWord, startJob } from './background';
import type { ShellContext } from './command';
import { commands } from './commands';
import { type Runner, runCompound } from './compound';
import { callFunction } from './functions';
import { Buffer, Input, type Io } from './io';
import { ArithmeticError } from './language/arithmetic';
import { UnsetParameter, expandWords } from './language/expand';
import { parse } from './language/parser';
import { type Node, type Simple, SyntaxProblem } from './language/syntax';
import { Leave, Stopped } from './leave';
import { runPipeline } from './pipeline';
import { hasProgram } from './programs';
import { redirected } from './redirects';
import { PlaceGone } from './scene';
import { Session } from './session';
import { runTraps, untilExit } from './traps';
import { withVariables } from './with-variables';

/** What a line printed and how it ended. */
export interface LineResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

/** Called with every piece of output as it comes. */
export interface Streams {
  readonly stdout?: (text: string) => void;
  readonly stderr?: (text: string) => void;
}

/** How deep shells may begin shells. */
const deepest = 40;

/** Most commands that may run at one moment of virtual time. */
const commandsAtOnce = 20_000;

/**
 * Runs one line (or several) in a terminal. The task yields while a command waits; ending it early (`task.return`) is
 * Ctrl-C. Never throws for what the line says: errors are printed as the shell prints them.
 */
export function* runLine(session: Session, line: string, streams: Streams = {}): Task<LineResult> {
  const out = new Buffer();
  const err = new Buffer();
  const io: Io = {
    input: new Input(),
    stdout: (text) => {
      out.write(text);
      streams.stdout?.(text);
    },
    stderr: (text) => {
      err.write(text);
      streams.stderr?.(text);
    },
  };
  // Every line that is typed may run as many commands, even where the clock stands still between two of them.
  session.budget.at = -1;
  session.budget.written = 0;
  const exitCode = yield* runWhole(session, line, io);
  session.lastExitCode = exitCode;
  return { stdout: out.text, stderr: err.text, exitCode };
}

/** Runs a text that nothing stands around: what stops it is told once, and ends all of it. */
export function* runWhole(session: Session, text: string, io: Io): Task<number> {
  try {
    return yield* runScript(session, text, io);
  } catch (problem) {
    if (!(problem instanceof Stopped)) throw problem;
    io.stderr(`${session.shell}: ${problem.message}\n`);
    return problem.code;
  }
}

/** Parses and runs a text. Throws Stopped. */
function* runScript(session: Session, text: string, io: Io): Task<number> {
  if (session.depth > deepest) throw new Stopped('fork: Resource temporarily unavailable');
  session.depth++;
  try {
    return yield* execute(parse(text), session, io);
  } catch (problem) {
    return failure(problem, session, io);
  } finally {
    session.depth--;
  }
}

function failure(problem: unknown, session: Session, io: Io): number {
  if (problem instanceof Leave) return problem.code;
  if (problem instanceof SyntaxProblem) {
    io.stderr(`bash: ${problem.message}\n`);
    return 2;
  }
  if (problem instanceof PlaceGone) {
    io.stderr(`${problem.message}\n`);
    return 1;
  }
  if (problem instanceof ArithmeticError || problem instanceof RangeError) {
    io.stderr(`${session.shell}: ${problem.message}\n`);
    return problem instanceof UnsetParameter ? 127 : 1;
  }
  throw problem;
}

/** Runs a node of the syntax tree; returns its exit code. */
export function* execute(node: Node, session: Session, io: Io): Task<number> {
  switch (node.kind) {
    case 'list': {
      let code = node.items.length === 0 ? 0 : session.lastExitCode;
      for (const item of node.items) {
        if (item.background) {
          startJob(session, firstWord(item.node), (inside) =>
            isolated(item.node, inside, { ...io, input: new Input() }),
          );
          code = 0;
        } else {
          code = yield* execute(item.node, session, io);
          // `set -e`: a command that failed ends the shell, but not one of `&&`, `||` and `!`.
          const bare = !['and', 'or', 'not'].includes(item.node.kind);
          if (code !== 0 && bare && session.guarded === 0 && session.switches.has('errexit'))
            throw new Leave('exit', code);
        }
        session.lastExitCode = code;
        yield* runTraps(session.traps, (action) => execute(action, session, io));
      }
      return code;
    }
    case 'and':
    case 'or': {
      const left = yield* guarded(node.left, session, io);
      session.lastExitCode = left;
      return (left === 0) === (node.kind === 'and') ? yield* execute(node.right, session, io) : left;
    }
    case 'not':
      return (yield* guarded(node.body, session, io)) === 0 ? 1 : 0;
    case 'pipeline':
      return yield* runPipeline(node.stages, session, io, isolated);
    case 'simple':
      return yield* simple(node, session, io);
    case 'function':
      session.functions.set(node.name, node.body);
      return 0;
    default:
      return yield* redirected(node.redirects, session, io, substitution(session, io), (inner) =>
        runCompound(node, session, inner, runner),
      );
  }
}

/** Runs a node whose failure is asked for: a condition. */
export function* guarded(node: Node, session: Session, io: Io): Task<number> {
  session.guarded++;
  try {
    return yield* execute(node, session, io);
  } finally {
    session.guarded--;
  }
}

/** Runs a node in a copy of the session: what it changes stays there, and `exit` ends only it. */
export function* isolated(node: Node, session: Session, io: Io): Task<number> {
  if (session.depth > deepest) throw new Stopped('fork: Resource temporarily unavailable');
  const copy = session.fork();
  copy.depth++;
  try {
    return yield* execute(node, copy, io);
  } catch (problem) {
    return failure(problem, copy, io);
  }
}

function* simple(node: Simple, session: Session, io: Io): Task<number> {
  spend(session);
  const substitute = substitution(session, io);
  session.substituted = 0;
  const argv = yield* expandWords(node.words, session, substitute);
  const assigned = yield* assignedBy(node.assignments, session, substitute);
  if (argv.length === 0) {
    for (const [name, value] of assigned) session.variables.set(name, value);
    return yield* redirected(node.redirects, session, io, substitute, function* () {
      return session.substituted;
    });
  }
  const descriptors = session.descriptors.splice(0);
  const code = yield* redirected(node.redirects, session, io, substitute, (inner) =>
    withVariables(session, assigned, () => runCommand(argv, session, inner)),
  );
  for (const file of [...descriptors, ...session.descriptors.splice(0)]) session.files.remove(file);
  for (const [name, value] of yield* assignedBy(node.declared ?? [], session, substitute))
    session.variables.set(name, value);
  return code;
}

/** Runs one command by name. A name that is not simulated gives one plain line and 127. */
export function* runCommand(argv: readonly string[], session: Session, io: Io): Task<number> {
  const [path = '', ...args] = argv;
  const body = session.functions.get(path);
  if (body) return yield* callFunction(path, body, args, session, io, execute);
  const name = path.includes('/') ? (path.split('/').pop() ?? path) : path;
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  const missing = !isThere(name, session) && command?.builtin !== true;
  if (!command && path.includes('/') && session.files.read(path) !== undefined) {
    return yield* runCommand([session.shell, path, ...args], session, io);
  }
  if (!command || missing) {
    io.stderr(session.notFound(path, missing));
    return 127;
  }
  return yield* command.run(args, contextOf(session, io));
}

/** Whether the place has the program of a path. */
function isThere(path: string, session: Session): boolean {
  return hasProgram(session.scene(), path.slice(path.lastIndexOf('/') + 1));
}

/** What runc says through containerd and the kubelet; the id is drawn for every run of a program. */
function notExecutable(session: Session, program: string): string {
  const { clock, random } = session.cluster;
  const id = random.stream(`exec/${clock.now}/${program}`).text(64, '0123456789abcdef');
  return `Internal error occurred: Internal error occurred: error executing command in container: failed to exec in container: failed to start exec "${id}": OCI runtime exec failed: exec failed: unable to start container process: exec: "${program}": executable file not found in $PATH`;
}

function contextOf(session: Session, io: Io): ShellContext {
  const scene = session.scene();
  return {
    session,
    scene,
    cluster: session.cluster,
    files: session.files,
    environment: session.environment,
    input: io.input,
    get stdin() {
      return io.input.takeAll();
    },
    stdout: io.stdout,
    stderr: io.stderr,
    host: scene.kernel.host,
    edit: session.edit,
    exec: (request) => exec(session, request),
    run: (argv, other, network) =>
      runCommand(argv, network === undefined ? session : session.inNetwork(network), { ...io, ...other }),
    script: (text, other, how = {}) => {
      const inside = how.here ? session : session.child(how);
      const run = (part: string) => runScript(inside, part, { ...io, ...other });
      return how.here ? run(text) : untilExit(inside.traps, text, run);
    },
  };
}

/** `kubectl exec`: a program in a container, without a shell around it. */
function* exec(session: Session, request: ExecRequest): Task<number> {
  const { namespace, pod, container } = request;
  const place = { kind: 'container', namespace, pod, container } as const;
  const inside = new Session(session.cluster, place, { walked: session.walked });
  inside.depth = session.depth + 1;
  const io: Io = { input: new Input(request.stdin), stdout: request.stdout, stderr: request.stderr };
  try {
    if (inside.depth > deepest) throw new Stopped('fork: Resource temporarily unavailable');
    const [program = ''] = request.argv;
    if (!isThere(program, inside)) throw new KubectlError(notExecutable(inside, program));
    return yield* runCommand(request.argv, inside, io);
  } catch (problem) {
    return failure(problem, inside, io);
  }
}

/** `$( … )`: its output, and its exit code for a line that is nothing but an assignment. */
function substitution(session: Session, io: Io) {
  return function* (body: Node): Task<string> {
    const out = new Buffer();
    session.substituted = yield* isolated(body, session, { ...io, stdout: out.write });
    return out.text;
  };
}

/** A loop that takes no virtual time would never end: it is stopped, and says so. */
function spend(session: Session): void {
  const { budget } = session;
  const now = session.cluster.clock.now;
  if (budget.at !== now) {
    budget.at = now;
    budget.left = commandsAtOnce;
    budget.jobs = 0;
  }
  if (--budget.left > 0) return;
  throw new Stopped(`stopped: ${commandsAtOnce} commands ran without any time passing`);
}

const runner: Runner = { execute, guarded, isolated, substitution, contextOf, spend };
