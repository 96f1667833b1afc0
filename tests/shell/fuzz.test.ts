import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Cluster } from '@/kubernetes/cluster';
import { commands } from '@/shell/commands';
import { runLine } from '@/shell/interpreter';
import { Session } from '@/shell/session';

const world = { name: 'fuzz', nodes: [{ name: 'node1', internalIP: '10.0.0.11' }], kubelet: 'fake' as const };

/** Runs a line for at most a few waits of virtual time, then presses Ctrl-C. */
function play(line: string): void {
  const cluster = new Cluster(world);
  const task = runLine(new Session(cluster, { kind: 'node', name: 'node1' }), line);
  for (let turns = 0; turns < 20; turns++) {
    const turn = task.next();
    if (turn.done) {
      expect(turn.value.exitCode).toBeTypeOf('number');
      return;
    }
    cluster.advanceTo(Math.min(turn.value.until ?? cluster.clock.now + 1000, cluster.clock.now + 60_000));
  }
  task.return({ stdout: '', stderr: '', exitCode: 130 });
}

describe('the shell survives', () => {
  const noise = fc.string({
    maxLength: 60,
    unit: fc.constantFrom(...' \t\n;&|<>(){}[]$`"\'\\#!*?~=-+/.,:0129abcdoinefhtwl'),
  });

  it('random characters', () => {
    fc.assert(
      fc.property(noise, (line) => play(line)),
      { numRuns: 100 },
    );
  });

  it('random words of the language', () => {
    const word = fc.constantFrom(
      'for',
      'in',
      'do',
      'done',
      'if',
      'then',
      'fi',
      'else',
      'while',
      'true',
      'false',
      '|',
      '||',
      '&&',
      ';',
      '&',
      '(',
      ')',
      '{',
      '}',
      '$x',
      '"$(echo a)"',
      '$((1+',
      '))',
      '<<EOF',
      'EOF',
      '\n',
      '> f',
      '< f',
      '2>&1',
      'x=1',
      'echo',
      '!',
      '`',
      'break',
      'exit',
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 14 }), (words) => play(words.join(' '))),
      { numRuns: 150 },
    );
  });

  it('random arguments to every command', () => {
    const name = fc.constantFrom(...Object.keys(commands).filter((one) => one !== 'kubectl' && one !== 'k'));
    const argument = fc.oneof(
      fc.constantFrom(
        '-n',
        '-l',
        '-t',
        '-p',
        'nat',
        '-S',
        '-L',
        '-A',
        'INPUT',
        '-j',
        'DROP',
        '-c',
        '1',
        '80',
        '127.0.0.1',
        'http://127.0.0.1:80',
        '[::1]',
        '-o',
        'f',
        '-',
        '--',
        'list',
        'ruleset',
        'a',
        's/a/b/',
        '{print $1}',
        '/x',
        '-e',
        '*',
        '10.0.0.12',
        'localhost',
        '-u',
        '-m',
        '-w',
        '%s',
      ),
      noise.map((text) => `'${text.replaceAll("'", '')}'`),
    );
    fc.assert(
      fc.property(name, fc.array(argument, { maxLength: 5 }), (command, args) =>
        play(`echo a b | ${command} ${args.join(' ')}`),
      ),
      { numRuns: 200 },
    );
  });
});
