import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Finding, Speaker } from '@/checker/finding';
import type { Answer } from '@/playground/check/answer';
import { Telling } from '@/playground/language/telling';

function finding(speaker: Speaker, message: string, line: number, last = line, object = 'Pod/a'): Finding {
  return {
    file: 'a.yaml',
    document: 0,
    object,
    severity: 'error',
    code: 'X',
    speaker,
    message,
    path: '',
    range: { start: { line, character: 0 }, end: { line: last, character: 5 } },
    fixes: [],
  };
}

const text = 'a: 1\nb: 2\nc: 3\nd: 4';
const refused = (line: number) => finding('api-server', 'must be a number', line);
const pending = (line: number, last?: number) => finding('scheduler', '0/1 nodes are available', line, last, 'Pod/b');
const advice = (line: number) => finding('advice', 'say the port', line);

/** Checks one text; returns what is said of it, growing. */
function check(telling: Telling, of: string) {
  const said: (readonly Finding[])[] = [];
  const tell = telling.begin(of, ({ findings }: Answer) => said.push(findings));
  return {
    said,
    first: (...findings: Finding[]) => tell({ findings, forecast: 'loading' }),
    playing: (...findings: Finding[]) => tell({ findings, forecast: 'playing' }),
    done: (...findings: Finding[]) => tell({ findings, forecast: 'done' }),
  };
}

describe('what is told of the checks of a text that is being written', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('says something new at once, and nothing twice', () => {
    const one = check(new Telling(), text);
    one.first(advice(0));
    expect(one.said).toEqual([[advice(0)]]);
    one.playing(advice(0));
    one.done(advice(0));
    expect(one.said).toHaveLength(1);
  });

  it('says nothing again that only comes in another order', () => {
    const telling = new Telling();
    const before = check(telling, text);
    before.first(finding('scheduler', 'two want one port', 1));
    before.done(pending(2), finding('scheduler', 'two want one port', 1));
    const after = check(telling, text.replace('d: 4', 'd: x'));
    after.first(refused(3), finding('scheduler', 'two want one port', 1));
    after.done(refused(3), pending(2), finding('scheduler', 'two want one port', 1));
    expect(after.said).toHaveLength(1);
  });

  it('keeps what the cluster said of the text before, at its new place, until it is known anew', () => {
    const telling = new Telling();
    const before = check(telling, text);
    before.first(advice(0));
    before.done(pending(2, 3), advice(0));
    const after = check(telling, 'a: 1\na2: x\nb: 2\nc: 3\nd: 4');
    after.first(refused(1), advice(0));
    expect(after.said).toEqual([[refused(1), pending(3, 4), advice(0)]]);
    after.done(refused(1), advice(0));
    expect(after.said.at(-1)).toEqual([refused(1), advice(0)]);
  });

  it('leaves out what began or ended where the text was changed', () => {
    const telling = new Telling();
    const before = check(telling, text);
    before.first();
    before.done(pending(2), pending(0, 3));
    const after = check(telling, text.replace('c: 3', 'c: x'));
    after.first(refused(2));
    expect(after.said).toEqual([[refused(2), pending(0, 3)]]);
  });

  it('leaves out what was said of an object that is refused now', () => {
    const telling = new Telling();
    const before = check(telling, text);
    before.first();
    before.done(pending(0));
    const after = check(telling, text.replace('d: 4', 'd: x'));
    const refusal = { ...refused(3), object: 'Pod/b' };
    after.first(refusal);
    expect(after.said).toEqual([[refusal]]);
  });

  it('waits a moment for the rest where less is said than before, and says it then', () => {
    const telling = new Telling();
    const before = check(telling, text);
    before.first(refused(1), advice(0));
    before.done(refused(1), advice(0));
    const after = check(telling, text.replace('b: 2', 'b: 3'));
    after.first(advice(0));
    expect(after.said).toEqual([]);
    after.done(pending(2), advice(0));
    expect(after.said).toEqual([[pending(2), advice(0)]]);
    vi.runAllTimers();
    expect(after.said).toHaveLength(1);

    const slow = check(telling, text);
    slow.first();
    vi.runAllTimers();
    expect(slow.said).toEqual([[pending(2)]]);
  });

  it('says nothing more of a text once the next one is checked', () => {
    const telling = new Telling();
    const before = check(telling, text);
    before.first(advice(0));
    before.done(advice(0));
    const given = check(telling, `${text}\n`);
    given.first();
    check(telling, `${text}\n\n`);
    vi.runAllTimers();
    expect(given.said).toEqual([]);
  });
});
