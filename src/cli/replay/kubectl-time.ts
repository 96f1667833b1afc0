import type { Millis } from '@/kubernetes/clock/clock';
import type { RecordedStep } from './recording';

type Timed = Pick<RecordedStep, 't' | 'command'>;

/** Where no step tells how fast the recording machine was. */
const usual: Millis = 80;
/** From its last answer until a kubectl has ended and the next command begins. */
const ending: Millis = 10;
/** What changes objects asks for them first, and for the server's schema: so much longer it takes. */
const changing = 1.4;

const plainGet = /^kubectl get [^|;&$]*$/;
const changes = /^kubectl (?:apply|replace|patch|edit|set|label|annotate|taint)\b/;

/**
 * How long the kubectl of each step needs until its request is there. The recording machine was sometimes busier than
 * at other times, which shows in how soon after a plain `kubectl get` the next command began.
 */
export function kubectlTimes(steps: readonly Timed[]): Millis[] {
  const lengths = steps.map((step, i) => Math.round(((steps[i + 1]?.t ?? Infinity) - step.t) * 1000));
  const quick = steps
    .flatMap(({ command }, i) => {
      const length = lengths[i] ?? Infinity;
      return plainGet.test(command) && !/ (?:-w|--watch)/.test(command) && length < 500 ? [length] : [];
    })
    .sort((a, b) => a - b);
  const median = quick[quick.length >> 1];
  const one = median === undefined ? usual : median - ending;
  return steps.map(({ command }, i) => {
    if (!command.includes('kubectl')) return 0;
    if (!changes.test(command)) return one;
    return Math.max(one, Math.min(Math.round(one * changing), (lengths[i] ?? Infinity) - 2 * ending));
  });
}
