import { parseImageName } from '@/kubernetes/runtime/image-name';
import { imageId } from '@/kubernetes/runtime/images';
import type { Runtime } from '@/kubernetes/runtime/runtime';
import { type Options, hasFlag, lastValue, readOptions } from '../options';
import { joinLines } from '../text';
import { roughDuration, roughSize } from './go-units';
import { containersOf, sandboxesOf } from './node-runtime';
import { CrictlError } from './refusal';
import { shortId, table } from './table';

const stateNames = { created: 'Created', running: 'Running', exited: 'Exited' };

/** `crictl ps`. Upstream: crictl, container.go `OutputContainers` */
export function containerList(args: readonly string[], runtime: Runtime): string {
  const options = optionsOf(
    args,
    ['a', 'all', 'q', 'quiet', 'no-trunc', 'l', 'latest'],
    ['name', 'namespace', 's', 'state', 'p', 'pod', 'id', 'n', 'last'],
  );
  const state = lastValue(options, 's', 'state')?.toLowerCase();
  if (state !== undefined && !['created', 'running', 'exited', 'unknown'].includes(state))
    throw new CrictlError('list containers: --state should be one of created, running, exited or unknown');
  const every = hasFlag(options, 'a', 'all', 'l', 'latest') || lastValue(options, 'n', 'last') !== undefined;
  const wanted = state ?? (every ? undefined : 'running');
  const pod = lastValue(options, 'p', 'pod') ?? '';
  const id = lastValue(options, 'id') ?? '';
  const shown = named(options, containersOf(runtime), (one) => one.name).filter(
    (one) => (wanted === undefined || one.state === wanted) && one.sandbox.startsWith(pod) && one.id.startsWith(id),
  );
  const rows = newest(options, shown);
  if (hasFlag(options, 'q', 'quiet')) return joinLines(rows.map((one) => one.id));
  const cut = hasFlag(options, 'no-trunc') ? (text: string) => text : shortId;
  return table([
    ['CONTAINER', 'IMAGE', 'CREATED', 'STATE', 'NAME', 'ATTEMPT', 'POD ID', 'POD', 'NAMESPACE'],
    ...rows.map((one) => [
      cut(one.id),
      cut(one.imageId),
      `${roughDuration(runtime.cluster.clock.now - one.createdAt)} ago`,
      stateNames[one.state],
      one.name,
      String(one.attempt),
      cut(one.sandbox),
      one.pod.name,
      one.pod.namespace ?? '',
    ]),
  ]);
}

/** `crictl pods`. Upstream: crictl, sandbox.go `OutputPodSandboxes` */
export function sandboxList(args: readonly string[], runtime: Runtime): string {
  const options = optionsOf(
    args,
    ['q', 'quiet', 'no-trunc', 'l', 'latest'],
    ['name', 'namespace', 's', 'state', 'id', 'n', 'last'],
  );
  const state = lastValue(options, 's', 'state')?.toLowerCase();
  if (state !== undefined && state !== 'ready' && state !== 'notready')
    throw new CrictlError('--state should be ready or notready');
  const id = lastValue(options, 'id') ?? '';
  const shown = named(options, sandboxesOf(runtime), (one) => one.pod.name).filter(
    (one) => (state === undefined || one.ready === (state === 'ready')) && one.id.startsWith(id),
  );
  const rows = newest(options, shown);
  if (hasFlag(options, 'q', 'quiet')) return joinLines(rows.map((one) => one.id));
  const cut = hasFlag(options, 'no-trunc') ? (text: string) => text : shortId;
  return table([
    ['POD ID', 'CREATED', 'STATE', 'NAME', 'NAMESPACE', 'ATTEMPT', 'RUNTIME'],
    ...rows.map((one) => [
      cut(one.id),
      `${roughDuration(runtime.cluster.clock.now - one.createdAt)} ago`,
      one.ready ? 'Ready' : 'NotReady',
      one.pod.name,
      one.pod.namespace ?? '',
      String(one.attempt),
      '(default)',
    ]),
  ]);
}

/** `crictl images`: a size that no image file tells is not made up. Upstream: crictl, image.go */
export function imageList(args: readonly string[], runtime: Runtime): string {
  const options = optionsOf(args, ['q', 'quiet', 'no-trunc'], []);
  const [only] = options.operands;
  const wanted = only === undefined ? undefined : (parseImageName(only)?.full ?? only);
  const images = [...runtime.images.values()]
    .filter(({ reference }) => wanted === undefined || reference === wanted)
    .sort((a, b) => (a.reference < b.reference ? -1 : 1));
  const ids = images.map((image) => imageId(runtime.cluster, image));
  if (hasFlag(options, 'q', 'quiet')) return joinLines([...new Set(ids)]);
  const cut = hasFlag(options, 'no-trunc') ? (text: string) => text : shortId;
  return table([
    ['IMAGE', 'TAG', 'IMAGE ID', 'SIZE'],
    ...images.map((image, index) => {
      const name = parseImageName(image.reference);
      const tag = name && name.digest === undefined ? name.tag : '<none>';
      const size = image.size === 0 ? '<unknown>' : roughSize(image.size);
      return [name?.repository ?? image.reference, tag, cut(ids[index] ?? ''), size];
    }),
  ]);
}

function optionsOf(args: readonly string[], flags: readonly string[], withValue: readonly string[]): Options {
  const options = readOptions(args, { flags, withValue });
  // What crictl has and this has not is told apart from what nobody has: neither is guessed at.
  if (options.unknown !== undefined) throw new CrictlError(`the option "${options.unknown}" is not simulated here`);
  return options;
}

/** Both filters are regular expressions that may match anywhere. Upstream: crictl, util.go `matchesRegex` */
function named<T extends { readonly pod: { readonly namespace?: string | undefined } }>(
  options: Options,
  all: readonly T[],
  nameOf: (one: T) => string,
): T[] {
  const name = expression(lastValue(options, 'name'));
  const namespace = expression(lastValue(options, 'namespace'));
  return all.filter((one) => name.test(nameOf(one)) && namespace.test(one.pod.namespace ?? ''));
}

function expression(pattern = ''): RegExp {
  try {
    return new RegExp(pattern);
  } catch {
    throw new CrictlError(`"${pattern}" is not a regular expression`);
  }
}

function newest<T>(options: Options, all: readonly T[]): readonly T[] {
  const last = Number(lastValue(options, 'n', 'last') ?? 0);
  if (last > 0) return all.slice(0, last);
  return hasFlag(options, 'l', 'latest') ? all.slice(0, 1) : all;
}
