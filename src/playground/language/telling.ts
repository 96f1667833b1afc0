import { type Finding, speakers } from '@/checker/finding';
import type { Range } from '@/manifest/manifest';
import type { Answer } from '../check/answer';

/** Milliseconds for which it may wait that something is not said any more. */
const patience = 150;

/**
 * What is told of the checks of a text that is being written, key by key. What the cluster made of the text a key ago is said
 * until it is known what it makes of the new one, so that marks do not go out and on again; and what brings nothing new waits a
 * moment for the rest of the answer, so that it is painted once.
 */
export class Telling {
  /** What was said last, and what of it only the cluster had to say, of which text. */
  private said: readonly Finding[] = [];
  private late: readonly Finding[] = [];
  private lateOf = '';
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** A new check begins; what is left to be said of the one before is not said any more. */
  begin(text: string, say: (answer: Answer) => void): (answer: Answer) => void {
    clearTimeout(this.timer);
    let first: readonly Finding[] = [];
    let sent: string | undefined;
    const send = (answer: Answer) => {
      clearTimeout(this.timer);
      // What comes first among what one speaker says of one object says nothing.
      const now = answer.findings
        .map((one) => JSON.stringify(one))
        .sort()
        .join('\n');
      this.said = answer.findings;
      if (now !== sent) say(answer);
      sent = now;
    };
    return (answer) => {
      const { findings, forecast } = answer;
      if (forecast === 'loading') {
        first = findings;
        const waiting = { findings: inOrder([...findings, ...this.moved(text, findings)]), forecast };
        if (this.isNew(waiting.findings)) send(waiting);
        else this.timer = setTimeout(() => send(waiting), patience);
      } else if (forecast !== 'playing') {
        const known = new Set(first.map((one) => JSON.stringify(one)));
        [this.late, this.lateOf] = [findings.filter((one) => !known.has(JSON.stringify(one))), text];
        send(answer);
      }
    };
  }

  private isNew(findings: readonly Finding[]): boolean {
    const said = new Set(this.said.map(wordsOf));
    return findings.some((one) => !said.has(wordsOf(one)));
  }

  /**
   * What the cluster had to say of the text before, at its places in this one. What stood where it was changed is left out, and
   * so is what was said of an object that does not come to the cluster any more.
   */
  private moved(text: string, findings: readonly Finding[]): Finding[] {
    const move = movement(this.lateOf.split('\n'), text.split('\n'));
    const refused = new Set(findings.filter(isRefusal).map(({ object }) => object));
    return this.late.flatMap((one) => {
      const range = refused.has(one.object) ? undefined : move(one.range);
      return range ? [{ ...one, range, fixes: [] }] : [];
    });
  }
}

function isRefusal({ severity, speaker }: Finding): boolean {
  return severity === 'error' && (speaker === 'kubectl' || speaker === 'api-server' || speaker === 'admission');
}

function wordsOf({ speaker, message }: Finding): string {
  return `${speaker} ${message}`;
}

function inOrder(findings: readonly Finding[]): Finding[] {
  const rank = ({ speaker }: Finding) => speakers.indexOf(speaker);
  return findings.toSorted((a, b) => rank(a) - rank(b) || a.document - b.document);
}

/** Where a range of lines is after one piece of them was changed; nowhere when it begins or ends in that piece. */
function movement(before: readonly string[], after: readonly string[]): (range: Range) => Range | undefined {
  let head = 0;
  const shorter = Math.min(before.length, after.length);
  while (head < shorter && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < shorter - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  const line = (number: number) =>
    number < head ? number : number >= before.length - tail ? number + after.length - before.length : undefined;
  return ({ start, end }) => {
    const [from, to] = [line(start.line), line(end.line)];
    if (from === undefined || to === undefined) return undefined;
    return { start: { ...start, line: from }, end: { ...end, line: to } };
  };
}
