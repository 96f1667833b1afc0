import type { Pod } from '@/kubernetes/api/generated/core-v1';
import type { Task } from '@/kubernetes/clock/task';
import type { LogLine } from '@/kubernetes/runtime/records';
import { bareError } from '@/kubernetes/apiserver/status';
import { parseRfc3339 } from '@/kubernetes/clock/calendar';
import type { CommandDefinition } from '../command-tree';
import { KubectlError, StatusError, throwAll } from '../errors';
import { bool, duration, int, string } from '../flags/flag';
import { selectorFlag } from '../flags/global-flags';
import type { Invocation } from '../invocation';
import { dialKubelet } from '../kubelet-dial';
import { containerLogs } from '../kubelet-door';
import { emptyText } from '../output/resource-table';
import { chooseContainer } from '../pods/containers';
import { bestFirst, podsOf } from '../pods/of-object';
import { asError, errorsOf, infosOf, namedEntries } from '../resource/builder';
import { type Info, getObject, infoOf } from '../resource/info';
import { mappingFor } from '../resource/mapping';

/** Upstream: kubectl/pkg/cmd/logs/logs.go. */
export const logs: CommandDefinition = {
  name: 'logs',
  short: 'Print the logs for a container in a pod',
  flags: [
    selectorFlag,
    string('container', 'c'),
    bool('all-containers'),
    bool('all-pods'),
    bool('follow', 'f'),
    bool('previous', 'p'),
    bool('prefix'),
    bool('timestamps'),
    bool('ignore-errors'),
    bool('insecure-skip-tls-verify-backend'),
    int('tail', -1, 'int64'),
    int('limit-bytes', 0, 'int64'),
    int('max-log-requests', 5),
    duration('since'),
    string('since-time'),
    duration('pod-running-timeout', 20_000),
  ],
  run,
};

interface Target {
  readonly pod: Pod;
  readonly container: string;
}

/** A log that is followed. */
interface Stream {
  /** Prints what has come; false once nothing more can come. */
  goOn(): boolean;
}

function* run(invocation: Invocation): Task<void> {
  const { flags } = invocation;
  const targets = inMapOrder(invocation, yield* targetsOf(invocation));
  const most = flags.number('max-log-requests');
  if (flags.bool('follow') && targets.length > 1 && targets.length > most) {
    throw new KubectlError(
      `you are attempting to follow ${targets.length} log streams, but maximum allowed concurrency is ${most}, use --max-log-requests to increase the limit`,
    );
  }
  const errors: Error[] = [];
  let streams: Stream[] = [];
  for (const target of targets) {
    try {
      const stream = yield* opened(invocation, target);
      if (stream) streams.push(stream);
    } catch (error) {
      if (!flags.bool('ignore-errors')) throw error;
      errors.push(asError(error));
    }
  }
  // Several are followed side by side. Upstream: logs.go `parallelConsumeRequest`.
  const { clock } = invocation.context.cluster;
  while (streams.length > 0 && clock.nextAt() !== undefined) {
    yield { change: true, until: clock.now + 100 };
    streams = streams.filter((stream) => stream.goOn());
  }
  for (const error of errors) invocation.err(`error: ${error.message}\n`);
}

/** Upstream keeps what it asks for in a Go map and walks it: logs.go `sequentialConsumeRequest`. */
function inMapOrder({ context: { cluster } }: Invocation, targets: Target[]): Target[] {
  if (cluster.world.chance !== 'drawn' || targets.length < 2) return targets;
  const names = targets.map(({ pod, container }) => `${pod.metadata.uid}/${container}`).join();
  return cluster.random.stream(`kubectl logs/${cluster.clock.now}/${names}`).mapOrder(targets);
}

// staging/src/k8s.io/kubectl/pkg/cmd/logs/logs.go `logsUsageErrStr`
const usage =
  "expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.\nPOD or TYPE/NAME is a required argument for the logs command";

function* targetsOf(invocation: Invocation): Task<Target[]> {
  const { flags } = invocation;
  const selector = flags.string('selector');
  const [word = '', second] = flags.args;
  if (flags.args.length === 0 && selector === '') {
    throw invocation.usage(usage);
  }
  if (selector !== '' && flags.args.length > 0) {
    throw invocation.usage('only a selector (-l) or a POD name is allowed');
  }
  if (flags.args.length > 2) {
    throw invocation.usage(usage);
  }
  judgeTime(flags.string('since-time'));
  if (selector !== '') {
    const found = namedEntries(invocation, { words: ['pods'], selector });
    throwAll(errorsOf(found));
    if (found.length === 0) invocation.err(emptyText(invocation.namespace));
    judgeFlags(invocation);
    const targets: Target[] = [];
    for (const info of infosOf(found)) targets.push(...(yield* containersOf(invocation, info, '')));
    return targets;
  }
  const object = objectNamed(invocation, word);
  judgeFlags(invocation);
  return yield* containersOf(invocation, object, second ?? '');
}

/** Upstream: logs.go `ToLogOptions`. */
function judgeTime(time: string): void {
  if (time !== '' && parseRfc3339(time) === undefined) {
    const rest = JSON.stringify(time);
    throw new KubectlError(`parsing time ${rest} as "2006-01-02T15:04:05Z07:00": cannot parse ${rest} as "2006"`);
  }
}

/** Upstream: logs.go `Validate`, once the object is found. Throws for what cannot be meant. */
function judgeFlags({ flags }: Invocation): void {
  const time = flags.string('since-time');
  const container = flags.string('container') || (flags.args[1] ?? '');
  const complaints: readonly (readonly [boolean, string])[] = [
    [time !== '' && flags.number('since') !== 0, 'at most one of `sinceTime` or `sinceSeconds` may be specified'],
    [
      flags.bool('all-containers') && container !== '',
      `--all-containers=true should not be specified with container name ${container}`,
    ],
    [
      flags.string('container') !== '' && flags.args.length === 2,
      'only one of -c or an inline [CONTAINER] arg is allowed',
    ],
    [flags.number('limit-bytes') < 0, '--limit-bytes must be greater than 0'],
    [flags.number('since') < 0, '--since must be greater than 0'],
    [flags.number('tail') < -1, '--tail must be greater than or equal to -1'],
  ];
  const found = complaints.find(([applies]) => applies);
  if (found) throw new KubectlError(found[1]);
}

/** The Pod, or what stands for some. Upstream prints a missing one with the place it was looked for. */
function objectNamed(invocation: Invocation, word: string): Info {
  const [type, name] = word.includes('/') ? word.split('/') : ['pods', word];
  const mapping = mappingFor(type ?? 'pods', invocation.minor);
  const { namespace } = invocation;
  try {
    return infoOf(mapping, getObject(invocation, mapping, { namespace, name: name ?? '' }));
  } catch (error) {
    if (error instanceof StatusError && error.status.reason === 'NotFound') {
      throw new KubectlError(`error from server (NotFound): ${error.message} in namespace "${namespace}"`);
    }
    throw error;
  }
}

function* containersOf(invocation: Invocation, info: Info, second: string): Task<Target[]> {
  const { flags } = invocation;
  const pods = bestFirst(yield* podsOf(invocation, info, 'cannot get the logs from'), true);
  const chosen = flags.bool('all-pods') ? pods : pods.slice(0, 1);
  const [first] = pods;
  if (pods.length > 1 && !flags.bool('all-pods') && first) {
    invocation.err(`Found ${pods.length} pods, using pod/${first.metadata.name}\n`);
  }
  return chosen.flatMap((pod) => {
    if (flags.bool('all-containers')) {
      const { initContainers = [], containers, ephemeralContainers = [] } = pod.spec;
      return [...containers, ...initContainers, ...ephemeralContainers].map((one) => ({ pod, container: one.name }));
    }
    return [{ pod, container: chooseContainer(invocation, pod, flags.string('container') || second) }];
  });
}

/** Prints what there is; a stream where more may come and is wanted. */
function* opened(invocation: Invocation, { pod, container }: Target): Task<Stream | undefined> {
  const { flags, context } = invocation;
  const { cluster } = context;
  const read = () => containerLogs(cluster, pod, container, flags.bool('previous'));
  const { id, lines, running } = read();
  const fault = pod.spec.nodeName ? yield* dialKubelet(cluster, pod.spec.nodeName) : undefined;
  if (fault) {
    const { name, namespace = 'default' } = pod.metadata;
    const url = `https://${fault.address}/containerLogs/${namespace}/${name}/${container}${logQuery(invocation)}`;
    throw new StatusError(bareError(`Get "${url}": ${fault.text}`));
  }
  if (id === undefined) return undefined;
  if (lines === undefined) {
    invocation.out(`unable to retrieve container logs for containerd://${id}`);
    return undefined;
  }
  let printed = 0;
  const show = (all: readonly LogLine[], from: number) => {
    for (const line of all.slice(from)) invocation.out(lineText(invocation, pod, container, line));
    printed = all.length;
  };
  show(lines, firstLine(invocation, lines));
  if (!flags.bool('follow') || !running) return undefined;
  return {
    goOn() {
      const runtime = cluster.runtimes.get(pod.spec.nodeName ?? '');
      const log = runtime?.logs.get(id)?.lines ?? [];
      show(log, Math.min(printed, log.length));
      return runtime?.container(id)?.state === 'running';
    },
  };
}

/** Where `--tail` and `--since` let the printing begin. */
function firstLine(invocation: Invocation, lines: readonly LogLine[]): number {
  const { flags, context } = invocation;
  const { clock } = context.cluster;
  let from = 0;
  const since = flags.number('since');
  const sinceTime = parseRfc3339(flags.string('since-time'));
  const start = since > 0 ? clock.now - since : sinceTime === undefined ? undefined : sinceTime - clock.epoch;
  if (start !== undefined) {
    const first = lines.findIndex((line) => line.at >= start);
    from = first < 0 ? lines.length : first;
  }
  const tail = tailOf(invocation);
  return tail >= 0 ? Math.max(from, lines.length - tail) : from;
}

/** How many of the last lines are wanted; negative = all. Of several Pods that a selector finds, ten each. */
function tailOf({ flags }: Invocation): number {
  return flags.string('selector') !== '' && !flags.changed('tail') ? 10 : flags.number('tail');
}

function lineText(invocation: Invocation, pod: Pod, container: string, line: LogLine): string {
  const { flags, context } = invocation;
  const prefix = flags.bool('prefix') ? `[pod/${pod.metadata.name}/${container}] ` : '';
  const time = flags.bool('timestamps')
    ? `${context.cluster.clock.microTimestamp(line.at).replace(/Z$/, '000Z')} `
    : '';
  return `${prefix}${time}${line.text}${line.ended ? '\n' : ''}`;
}

/** What the API server asks the kubelet for. Upstream: pkg/registry/core/pod/strategy.go `LogLocation`. */
function logQuery(invocation: Invocation): string {
  const { flags } = invocation;
  const tail = tailOf(invocation);
  const wanted: readonly (readonly [string, string | number | false])[] = [
    ['follow', flags.bool('follow') && 'true'],
    ['limitBytes', flags.number('limit-bytes') > 0 && flags.number('limit-bytes')],
    ['previous', flags.bool('previous') && 'true'],
    ['sinceSeconds', flags.number('since') > 0 && Math.ceil(flags.number('since') / 1000)],
    ['sinceTime', flags.string('since-time') !== '' && flags.string('since-time')],
    ['tailLines', tail >= 0 && tail],
    ['timestamps', flags.bool('timestamps') && 'true'],
  ];
  const asked = wanted.flatMap(([name, value]) => (value === false ? [] : [[name, String(value)]]));
  return asked.length > 0 ? `?${new URLSearchParams(asked).toString()}` : '';
}
