import type { Task } from '@/kubernetes/clock/task';
import type { ShellContext } from './command';
import { extendedRegExp } from './commands/regular-expression';
import { compare, fileTest } from './commands/test';
import type { Io } from './io';
import { arithmetic } from './language/arithmetic';
import { type Substitute, expandPattern, expandText, expandWords, namesOf } from './language/expand';
import { patternToRegExp } from './language/glob';
import type { Compound, Condition, Node, Word } from './language/syntax';
import { Leave } from './leave';
import type { Session } from './session';
import { BoundedRegExp } from './language/bounded-regexp';

/** What the interpreter lends to those who run commands made of commands. */
export interface Runner {
  readonly execute: (node: Node, session: Session, io: Io) => Task<number>;
  /** Runs a condition. */
  readonly guarded: (node: Node, session: Session, io: Io) => Task<number>;
  readonly isolated: (node: Node, session: Session, io: Io) => Task<number>;
  readonly substitution: (session: Session, io: Io) => Substitute;
  readonly contextOf: (session: Session, io: Io) => ShellContext;
  /** Counts a turn of a loop as a command: one that takes no virtual time is stopped. */
  readonly spend: (session: Session) => void;
}

/** Runs a compound command whose redirects are in `io`; returns its exit code. */
export function* runCompound(node: Compound, session: Session, io: Io, runner: Runner): Task<number> {
  const { execute } = runner;
  const substitute = runner.substitution(session, io);
  switch (node.kind) {
    case 'group':
      return node.subshell ? yield* runner.isolated(node.body, session, io) : yield* execute(node.body, session, io);
    case 'if': {
      for (const { condition, body } of node.branches) {
        if ((yield* runner.guarded(condition, session, io)) === 0) return yield* execute(body, session, io);
      }
      return node.otherwise ? yield* execute(node.otherwise, session, io) : 0;
    }
    case 'for': {
      const values = yield* expandWords(node.words, session, substitute);
      let code = 0;
      for (const value of values) {
        session.variables.set(node.name, value);
        const turn = yield* loopTurn(node.body, session, io, runner);
        code = turn.code;
        if (turn.stop) break;
      }
      return code;
    }
    case 'while': {
      let code = 0;
      while (((yield* runner.guarded(node.condition, session, io)) === 0) !== node.until) {
        const turn = yield* loopTurn(node.body, session, io, runner);
        code = turn.code;
        if (turn.stop) break;
      }
      return code;
    }
    case 'count': {
      const value = function* (word: Word): Task<number> {
        return arithmetic(yield* expandText(word, session, substitute), namesOf(session));
      };
      const endless = (yield* expandText(node.condition, session, substitute)).trim() === '';
      let code = 0;
      yield* value(node.start);
      while (endless || (yield* value(node.condition)) !== 0) {
        const turn = yield* loopTurn(node.body, session, io, runner);
        code = turn.code;
        if (turn.stop) break;
        yield* value(node.step);
      }
      return code;
    }
    case 'arithmetic': {
      runner.spend(session);
      return arithmetic(yield* expandText(node.expression, session, substitute), namesOf(session)) === 0 ? 1 : 0;
    }
    case 'case': {
      const subject = yield* expandText(node.subject, session, substitute);
      for (const { patterns, body } of node.clauses) {
        for (const word of patterns) {
          const pattern = patternToRegExp(yield* expandPattern(word, session, substitute));
          if (pattern.test(subject)) return yield* execute(body, session, io);
        }
      }
      return 0;
    }
    case 'condition': {
      runner.spend(session);
      return (yield* holds(node.condition, session, runner.contextOf(session, io), substitute)) ? 0 : 1;
    }
  }
}

function* loopTurn(
  body: Node,
  session: Session,
  io: Io,
  { execute, spend }: Runner,
): Task<{ code: number; stop: boolean }> {
  spend(session);
  try {
    return { code: yield* execute(body, session, io), stop: false };
  } catch (problem) {
    if (!(problem instanceof Leave) || problem.kind === 'exit' || problem.kind === 'return') throw problem;
    if (problem.levels > 1) throw new Leave(problem.kind, 0, problem.levels - 1);
    return { code: 0, stop: problem.kind === 'break' };
  }
}

/** Whether what `[[ … ]]` asks is so. */
function* holds(condition: Condition, session: Session, context: ShellContext, substitute: Substitute): Task<boolean> {
  const text = (word: Word) => expandText(word, session, substitute);
  switch (condition.kind) {
    case 'not':
      return !(yield* holds(condition.body, session, context, substitute));
    case 'and':
      return (
        (yield* holds(condition.left, session, context, substitute)) &&
        (yield* holds(condition.right, session, context, substitute))
      );
    case 'or':
      return (
        (yield* holds(condition.left, session, context, substitute)) ||
        (yield* holds(condition.right, session, context, substitute))
      );
    case 'unary':
      return fileTest(condition.operator, yield* text(condition.operand), context) ?? false;
    case 'binary': {
      const { operator } = condition;
      const left = yield* text(condition.left);
      if (operator === '=' || operator === '==' || operator === '!=') {
        const pattern = patternToRegExp(yield* expandPattern(condition.right, session, substitute));
        return pattern.test(left) === (operator !== '!=');
      }
      if (operator === '=~') return matches(left, yield* regular(condition.right, session, substitute));
      const right = yield* text(condition.right);
      const names = namesOf(session);
      if (operator.startsWith('-') && !['-nt', '-ot', '-ef'].includes(operator))
        return compare(String(arithmetic(left, names)), operator, String(arithmetic(right, names))) ?? false;
      return compare(left, operator, right) ?? false;
    }
  }
}

/** The right side of `=~`: an extended regular expression, in which what was quoted stands for itself. */
function* regular(word: Word, session: Session, substitute: Substitute): Task<string> {
  let source = '';
  for (const part of word) {
    const text = yield* expandText([part], session, substitute);
    source += part.quoted ? text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&') : text;
  }
  return source;
}

function matches(text: string, source: string): boolean {
  return new BoundedRegExp(extendedRegExp(source, 'extended')).test(text);
}
