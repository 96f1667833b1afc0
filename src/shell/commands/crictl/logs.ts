import type { Task } from '@/kubernetes/clock/task';
import type { Runtime } from '@/kubernetes/runtime/runtime';
import type { ShellContext } from '../../command';
import { duration } from '../duration';
import { hasFlag, lastValue, readOptions } from '../options';
import { byPrefix, containersOf } from './node-runtime';
import { CrictlError, noSuch } from './refusal';

/** How often a log that is followed is looked at, in milliseconds. */
const lookEvery = 1000;

/** `crictl logs [-f] [-t] [--tail N] [--since TIME] CONTAINER`. Upstream: crictl, logs.go */
export function* printLogs(args: readonly string[], runtime: Runtime, context: ShellContext): Task<number> {
  const options = readOptions(args, {
    flags: ['f', 'follow', 't', 'timestamps', 'p', 'previous'],
    withValue: ['tail', 'since'],
  });
  if (options.unknown !== undefined) throw new CrictlError(`the option "${options.unknown}" is not simulated here`);
  const [prefix] = options.operands;
  if (prefix === undefined) throw new CrictlError('ID cannot be empty');
  const { clock } = runtime.cluster;
  const record = byPrefix(containersOf(runtime), prefix);
  if (!record) throw new CrictlError(noSuch('container', prefix));
  const before = hasFlag(options, 'p', 'previous')
    ? containersOf(runtime).find(
        (one) => one.pod.uid === record.pod.uid && one.name === record.name && one.attempt === record.attempt - 1,
      )
    : record;
  if (!before) throw new CrictlError(`a container before "${record.name}" is not there any more`);
  const tail = Number(lastValue(options, 'tail') ?? -1);
  const since = sinceOf(lastValue(options, 'since'), context);
  const lines = () => runtime.logs.get(before.id)?.lines ?? [];
  const first = lines().findIndex((line) => since === undefined || line.at >= since);
  let next = first < 0 ? lines().length : first;
  if (tail >= 0) next = Math.max(next, lines().length - tail);
  for (;;) {
    for (const line of lines().slice(next)) {
      const write = line.stream === 'stderr' ? context.stderr : context.stdout;
      const time = hasFlag(options, 't', 'timestamps') ? `${clock.microTimestamp(line.at).slice(0, -1)}000Z ` : '';
      write(`${time}${line.text}${line.ended ? '\n' : ''}`);
    }
    next = lines().length;
    if (!hasFlag(options, 'f', 'follow') || runtime.container(before.id)?.state !== 'running') return 0;
    yield { until: clock.now + lookEvery };
  }
}

/** A length of time back from now (`42m`), or a timestamp. */
function sinceOf(text: string | undefined, { cluster: { clock } }: ShellContext): number | undefined {
  if (text === undefined) return undefined;
  const back = duration(text);
  const at = back === undefined ? clock.parse(/Z|[+-]\d\d:\d\d$/.test(text) ? text : `${text}Z`) : clock.now - back;
  if (at === undefined) throw new CrictlError(`failed to parse value as time or duration: "${text}"`);
  return at;
}
