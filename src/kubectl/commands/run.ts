import { type JsonObject, type KubeObject } from '@/kubernetes/api/object';
import { resourceOf } from '@/kubernetes/api/registry';
import { parseImageName } from '@/kubernetes/api/core/pod-spec/image-name';
import type { Task } from '@/kubernetes/clock/task';
import { withTypedLastApplied } from '../apply/last-applied';
import type { CommandDefinition } from '../command-tree';
import { KubectlError } from '../errors';
import { array, bool, duration, int, string } from '../flags/flag';
import { dryRunFlag, fieldManagerFlag, filenameFlags, printFlags } from '../flags/global-flags';
import type { Invocation } from '../invocation';
import { readPairs } from '../metadata/pairs';
import { isVariableName } from './create/data-sources';
import { type DryRun, dryRunOf, dryRunSuffix } from '../options';
import { printerOf, resultLine } from '../output/printer';
import { attachTo } from '../run/attach';
import { overridden } from '../run/overrides';

/** Upstream: kubectl/pkg/cmd/run/run.go. */
export const run: CommandDefinition = {
  name: 'run',
  short: 'Run a particular image on the cluster',
  flags: [
    ...filenameFlags,
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
    bool('force'),
    duration('timeout'),
    string('detach-keys', undefined, 'ctrl-p,ctrl-q'),
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
  const printer = printerOf(invocation, { typed: true });
  if (flags.number('pod-running-timeout') <= 0)
    throw invocation.usage('--pod-running-timeout must be higher than zero');
  const image = flags.string('image');
  if (image === '') throw new KubectlError('--image is required');
  if (!parseImageName(image)) throw new KubectlError(`Invalid image name "${image}": invalid reference format`);
  if (flags.bool('tty') && !flags.bool('stdin')) {
    throw invocation.usage('-i/--stdin is required for containers with -t/--tty=true');
  }
  if (flags.bool('expose') && flags.string('port') === '') {
    throw invocation.usage('--port must be set when exposing a service');
  }
  const restart = flags.string('restart');
  if (!['Always', 'OnFailure', 'Never'].includes(restart)) {
    throw invocation.usage(`invalid restart policy: ${restart}`);
  }
  const attach = flags.changed('attach') ? flags.bool('attach') : flags.bool('stdin');
  if (flags.bool('rm') && !attach) throw invocation.usage('--rm should only be used for attached containers');
  if (attach && dryRun !== 'none') {
    throw invocation.usage(
      "--dry-run=[server|client] can't be used with attached containers options (--attach, --stdin, or --tty)",
    );
  }
  const pull = flags.string('image-pull-policy');
  if (!['', 'Always', 'IfNotPresent', 'Never'].includes(pull)) {
    throw invocation.usage(`invalid image pull policy: ${pull}`);
  }
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
  const body = invocation.flags.bool('save-config') ? withTypedLastApplied(draft, invocation.minor) : draft;
  return invocation.request('create', mapping, {
    namespace: invocation.namespace,
    body,
    fieldManager: invocation.flags.string('field-manager'),
    ...(dryRun === 'server' ? { dryRun: true } : {}),
  });
}

/** Upstream: kubectl/pkg/generate/generate.go `ParseLabels`. */
function labelsOf(text: string): Record<string, string> {
  return Object.fromEntries(
    text.split(',').map((pair) => {
      const [key = '', value, more] = pair.split('=');
      if (value === undefined || more !== undefined) throw new KubectlError(`unexpected label spec: ${pair}`);
      if (key === '') throw new KubectlError('unexpected empty label key');
      return [key, value];
    }),
  );
}

/** Upstream: kubectl/pkg/generate/versioned/run.go `parseEnvs`. */
function environmentOf(pairs: readonly string[]) {
  return pairs.map((pair) => {
    const equals = pair.indexOf('=');
    const name = pair.slice(0, Math.max(equals, 0));
    if (equals < 0 || !isVariableName(name)) throw new KubectlError(`invalid env: ${pair}`);
    const value = pair.slice(equals + 1);
    return { name, ...(value ? { value } : {}) };
  });
}

/** Upstream: kubectl/pkg/generate/versioned/run.go `BasicPod`. */
function podOf(invocation: Invocation, name: string, words: readonly string[]): JsonObject {
  const { flags } = invocation;
  const labels = flags.string('labels') ? labelsOf(flags.string('labels')) : { run: name };
  const annotations = Object.fromEntries(readPairs(flags.list('annotations'), 'annotations').set);
  const env = environmentOf(flags.list('env'));
  const port = flags.string('port');
  if (port !== '' && !/^\d+$/.test(port)) throw new KubectlError(`strconv.Atoi: parsing "${port}": invalid syntax`);
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
  const { flags } = invocation;
  const port = Number(flags.string('port'));
  // Upstream: run.go `generateService`: labels that are given are the Service's as well.
  const labels = flags.string('labels') ? labelsOf(flags.string('labels')) : undefined;
  return {
    apiVersion: 'v1',
    kind: 'Service',
    // The server fills in the rest of the metadata.
    metadata: {
      name,
      ...(labels ? { labels } : {}),
      ...(invocation.namespaceGiven ? { namespace: invocation.namespace } : {}),
    } as KubeObject['metadata'],
    spec: { ports: [{ port, protocol: 'TCP', targetPort: port }], selector: labels ?? { run: name } },
    status: { loadBalancer: {} },
  };
}
