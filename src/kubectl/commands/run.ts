import { isObject, type JsonObject, type KubeObject } from '@/kubernetes/api/object';
import { resourceOf } from '@/kubernetes/api/registry';
import { jsonMerge } from '@/kubernetes/apiserver/patch/json-merge';
import { parseImageName } from '@/kubernetes/api/core/pod-spec/image-name';
import type { Task } from '@/kubernetes/clock/task';
import type { CommandDefinition } from '../command-tree';
import { KubectlError } from '../errors';
import { array, bool, duration, int, string } from '../flags/flag';
import { dryRunFlag, fieldManagerFlag, printFlags } from '../flags/global-flags';
import type { Invocation } from '../invocation';
import { type DryRun, dryRunOf, dryRunSuffix } from '../options';
import { printerOf, resultLine } from '../output/printer';
import { attachTo } from '../run/attach';

/** Upstream: kubectl/pkg/cmd/run/run.go. */
export const run: CommandDefinition = {
  name: 'run',
  short: 'Run a particular image on the cluster',
  usage:
    'NAME --image=image [--env="key=value"] [--port=port] [--dry-run=server|client] [--overrides=inline-json] [--command] -- [COMMAND] [args...]',
  flags: [
    ...printFlags,
    dryRunFlag,
    fieldManagerFlag('kubectl-run'),
    string('image'),
    string('image-pull-policy'),
    array('env'),
    string('port'),
    string('labels', 'l'),
    array('annotations'),
    string('overrides'),
    string('override-type', undefined, 'merge'),
    string('restart', undefined, 'Always'),
    bool('command'),
    bool('expose'),
    bool('rm'),
    bool('attach'),
    bool('stdin', 'i'),
    bool('tty', 't'),
    bool('quiet', 'q'),
    bool('privileged'),
    bool('save-config'),
    bool('leave-stdin-open'),
    duration('pod-running-timeout', 60_000),
    int('grace-period', -1),
    bool('wait'),
    string('cascade', undefined, 'background', 'background'),
  ],
  required: ['image'],
  run: runImage,
};

function* runImage(invocation: Invocation): Task<number> {
  const { flags } = invocation;
  const { args, argsBeforeDash } = flags;
  if (args.length === 0 || argsBeforeDash === 0) throw invocation.usage('NAME is required for run');
  const dryRun = dryRunOf(invocation);
  const printer = printerOf(invocation);
  const image = flags.string('image');
  if (image === '') throw new KubectlError('--image is required');
  if (!parseImageName(image)) throw new KubectlError(`Invalid image name "${image}": invalid reference format`);
  const restart = flags.string('restart');
  if (!['Always', 'OnFailure', 'Never'].includes(restart)) {
    throw invocation.usage(`invalid restart policy: ${restart}`);
  }
  if (flags.bool('tty') && !flags.bool('stdin'))
    throw new KubectlError('-i/--stdin is required for containers with -t/--tty=true');
  const attach = flags.changed('attach') ? flags.bool('attach') : flags.bool('stdin');
  if (flags.bool('rm') && !attach) throw new KubectlError('--rm should only be used for attached containers');
  if (flags.bool('expose') && flags.string('port') === '')
    throw new KubectlError('--port must be set when exposing a service');
  const made = overridden(invocation, podOf(invocation, args[0] ?? '', args.slice(1)));
  const pod = submit(invocation, made, dryRun);
  let service: KubeObject | undefined;
  if (flags.bool('expose')) service = submit(invocation, serviceOf(invocation, args[0] ?? ''), dryRun);
  if (attach && dryRun === 'none')
    return yield* attachTo(invocation, pod, { remove: flags.bool('rm'), quiet: flags.bool('quiet') });
  for (const object of service ? [service, pod] : [pod]) {
    if (printer) {
      invocation.out(printer(object));
      // Upstream parts the Service from the Pod with a separator of its own.
      if (object === service && flags.string('output') === 'yaml') invocation.out('---\n');
    } else invocation.out(resultLine(object, 'created', dryRunSuffix(dryRun)));
  }
  return 0;
}

function submit(invocation: Invocation, draft: KubeObject, dryRun: DryRun): KubeObject {
  const mapping = resourceOf(draft);
  if (dryRun === 'client' || !mapping) return draft;
  return invocation.request('create', mapping, {
    namespace: invocation.namespace,
    body: draft,
    fieldManager: invocation.flags.string('field-manager'),
    ...(dryRun === 'server' ? { dryRun: true } : {}),
  });
}

function pairs(list: readonly string[], what: string): [string, string][] {
  return list.map((text) => {
    const equals = text.indexOf('=');
    if (equals <= 0) throw new KubectlError(`invalid ${what}: ${text}`);
    return [text.slice(0, equals), text.slice(equals + 1)];
  });
}

/** Upstream: kubectl/pkg/generate/versioned/run.go `BasicPod`. */
function podOf(invocation: Invocation, name: string, words: readonly string[]): JsonObject {
  const { flags } = invocation;
  const labels = flags.string('labels')
    ? Object.fromEntries(pairs(flags.string('labels').split(','), 'label'))
    : { run: name };
  const annotations = Object.fromEntries(pairs(flags.list('annotations'), 'annotation'));
  const env = pairs(flags.list('env'), 'env').map(([key, value]) => ({ name: key, ...(value ? { value } : {}) }));
  const port = flags.string('port');
  if (port !== '' && !/^\d+$/.test(port)) throw new KubectlError(`strconv.ParseInt: parsing "${port}": invalid syntax`);
  const policy = flags.string('image-pull-policy');
  const container = {
    name,
    image: flags.string('image'),
    resources: {},
    ...(env.length > 0 ? { env } : {}),
    ...(policy ? { imagePullPolicy: policy } : {}),
    ...(port !== '' ? { ports: [{ containerPort: Number(port) }] } : {}),
    ...(words.length > 0 ? { [flags.bool('command') ? 'command' : 'args']: words } : {}),
    ...(flags.bool('stdin') ? { stdin: true, ...(flags.bool('leave-stdin-open') ? {} : { stdinOnce: true }) } : {}),
    ...(flags.bool('tty') ? { tty: true } : {}),
    ...(flags.bool('privileged') ? { securityContext: { privileged: true } } : {}),
  };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      labels,
      ...(Object.keys(annotations).length > 0 ? { annotations } : {}),
      ...(invocation.namespaceGiven ? { namespace: invocation.namespace } : {}),
    },
    spec: { containers: [container], dnsPolicy: 'ClusterFirst', restartPolicy: flags.string('restart') },
    status: {},
  };
}

function serviceOf(invocation: Invocation, name: string): KubeObject {
  const port = Number(invocation.flags.string('port'));
  return {
    apiVersion: 'v1',
    kind: 'Service',
    // The server fills in the rest of the metadata.
    metadata: {
      name,
      ...(invocation.namespaceGiven ? { namespace: invocation.namespace } : {}),
    } as KubeObject['metadata'],
    spec: { ports: [{ port, protocol: 'TCP', targetPort: port }], selector: { run: name } },
    status: { loadBalancer: {} },
  };
}

/** `--overrides`. Upstream: kubectl/pkg/cmd/util/override_options.go. */
function overridden(invocation: Invocation, pod: JsonObject): KubeObject {
  const text = invocation.flags.string('overrides');
  // The server fills in the rest of the metadata.
  if (text === '') return pod as KubeObject;
  let patch: unknown;
  try {
    patch = JSON.parse(text);
  } catch {
    throw new KubectlError('Invalid JSON Patch');
  }
  const merged = jsonMerge(pod, patch);
  if (!isObject(merged)) throw new KubectlError('Invalid JSON Patch');
  return merged as KubeObject;
}
