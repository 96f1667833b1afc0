import { isObject, type JsonObject, type KubeObject } from '@/kubernetes/api/object';
import { findResource } from '@/kubernetes/api/registry';
import type { Task } from '@/kubernetes/clock/task';
import { withTypedLastApplied } from '../apply/last-applied';
import type { CommandDefinition } from '../command-tree';
import { KubectlError, throwAll } from '../errors';
import { bool, string } from '../flags/flag';
import { dryRunFlag, fieldManagerFlag, filenameFlags, printFlags } from '../flags/global-flags';
import type { Invocation } from '../invocation';
import { type DryRun, dryRunOf, dryRunSuffix } from '../options';
import { overridden } from '../run/overrides';
import { printerOf, resultLine } from '../output/printer';
import { asError, fetchedEntries, hasFiles, namedEntries } from '../resource/builder';
import type { Info } from '../resource/info';

const exposable = ['pods', 'services', 'replicationcontrollers', 'deployments.apps', 'replicasets.apps'];

/** Upstream: kubectl/pkg/cmd/expose/expose.go. */
export const expose: CommandDefinition = {
  name: 'expose',
  short: 'Take a replication controller, service, deployment or pod and expose it as a new Kubernetes service',
  flags: [
    ...filenameFlags,
    ...printFlags,
    dryRunFlag,
    fieldManagerFlag('kubectl-expose'),
    string('port'),
    string('protocol'),
    string('target-port'),
    string('name'),
    string('type'),
    string('cluster-ip'),
    string('external-ip'),
    string('load-balancer-ip'),
    string('session-affinity'),
    string('labels', 'l'),
    string('selector'),
    string('overrides'),
    string('override-type', undefined, 'merge'),
    bool('save-config'),
  ],
  *run(invocation): Task<void> {
    const { flags } = invocation;
    const dryRun = dryRunOf(invocation);
    const printer = printerOf(invocation, { typed: true });
    const entries = hasFiles(invocation) ? fetchedEntries(invocation) : namedEntries(invocation, { words: flags.args });
    const errors: Error[] = [];
    for (const entry of entries) {
      try {
        if ('error' in entry) throw entry.error;
        const object = exposed(invocation, entry.info, dryRun);
        invocation.out(printer ? printer(object) : resultLine(object, 'exposed', dryRunSuffix(dryRun)));
      } catch (error) {
        errors.push(asError(error));
      }
    }
    throwAll(errors);
  },
};

function exposed(invocation: Invocation, info: Info, dryRun: DryRun): KubeObject {
  const { mapping } = info;
  if (!exposable.includes(mapping.name)) {
    throw new KubectlError(`cannot expose a ${mapping.group ? `${mapping.kind}.${mapping.group}` : mapping.kind}`);
  }
  const { flags } = invocation;
  const overrides = flags.string('overrides');
  const made = overrides === '' ? serviceFor(invocation, info) : overridden(invocation, serviceFor(invocation, info));
  const services = findResource('services', '');
  if (dryRun === 'client' || !services) return made;
  const body = flags.bool('save-config') ? withTypedLastApplied(made, invocation.minor) : made;
  return invocation.request('create', services, {
    namespace: invocation.namespace,
    body,
    fieldManager: flags.string('field-manager'),
    ...(dryRun === 'server' ? { dryRun: true } : {}),
  });
}

function serviceFor(invocation: Invocation, info: Info): KubeObject {
  const { flags } = invocation;
  const selector = flags.string('selector') === '' ? selectorOf(info) : pairs(flags.string('selector'));
  const numbers =
    flags.string('port') === ''
      ? portsOf(info)
      : flags
          .string('port')
          .split(',')
          .map((one) => ({ port: portNumber(one), protocol: '' }));
  if (numbers.length === 0) {
    throw new KubectlError(
      "couldn't find port via --port flag or introspection\nSee 'kubectl expose -h' for help and examples",
    );
  }
  const target = flags.string('target-port');
  const ports = numbers.map(({ port, protocol }, i) => ({
    ...(numbers.length > 1 ? { name: `port-${i + 1}` } : {}),
    port,
    protocol: flags.string('protocol') || protocol || 'TCP',
    targetPort: target === '' ? port : /^\d+$/.test(target) ? Number(target) : target,
  }));
  const text = (flag: string, field: string) => (flags.string(flag) ? { [field]: flags.string(flag) } : {});
  const labels = flags.string('labels') ? pairs(flags.string('labels')) : info.object.metadata.labels;
  const affinity = flags.string('session-affinity');
  if (!['', 'ClientIP', 'None'].includes(affinity)) throw new KubectlError(`unknown session affinity: ${affinity}`);
  const type = flags.string('type');
  return {
    apiVersion: 'v1',
    kind: 'Service',
    // The server fills in the rest of the metadata.
    metadata: {
      name: flags.string('name') || info.name,
      ...(labels && Object.keys(labels).length > 0 ? { labels } : {}),
      ...(invocation.namespaceGiven ? { namespace: invocation.namespace } : {}),
    } as KubeObject['metadata'],
    spec: {
      ports,
      selector,
      ...text('type', 'type'),
      ...text('cluster-ip', 'clusterIP'),
      ...text('session-affinity', 'sessionAffinity'),
      ...(type === 'LoadBalancer' ? text('load-balancer-ip', 'loadBalancerIP') : {}),
      ...(flags.string('external-ip') ? { externalIPs: [flags.string('external-ip')] } : {}),
    },
    status: { loadBalancer: {} },
  };
}

/** Upstream: kubectl/pkg/generate/versioned/service.go, which reads ports with `strconv.Atoi`. */
function portNumber(text: string): number {
  if (/^[+-]?\d+$/.test(text)) return Number(text);
  throw new KubectlError(`strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax`);
}

function pairs(text: string): Record<string, string> {
  // A pair without `=` has no value, and the API server is sent none.
  return Object.fromEntries(text.split(',').map((one) => one.split('=', 2) as [string, string]));
}

/** Upstream: polymorphichelpers `mapBasedSelectorForObject`. */
function selectorOf({ object, mapping }: Info): Record<string, string> {
  const spec: JsonObject = isObject(object.spec) ? object.spec : {};
  if (mapping.name === 'pods') {
    if (Object.keys(object.metadata.labels ?? {}).length === 0) {
      throw new KubectlError(
        "couldn't retrieve selectors via --selector flag or introspection: the pod has no labels and cannot be exposed",
      );
    }
    return object.metadata.labels ?? {};
  }
  const inner =
    isObject(spec.selector) && isObject(spec.selector.matchLabels) ? spec.selector.matchLabels : spec.selector;
  // The API server has seen to it that labels are texts.
  return (isObject(inner) ? inner : {}) as Record<string, string>;
}

/** Every port the object names. Upstream: polymorphichelpers `portsForObject`. */
function portsOf({ object, mapping }: Info): { port: number; protocol: string }[] {
  const spec: JsonObject = isObject(object.spec) ? object.spec : {};
  if (mapping.name === 'services') return list(spec.ports, 'port');
  const template = isObject(spec.template) && isObject(spec.template.spec) ? spec.template.spec : spec;
  const containers: unknown[] = Array.isArray(template.containers) ? template.containers : [];
  return containers.filter(isObject).flatMap((one) => list(one.ports, 'containerPort'));
}

function list(ports: unknown, field: string): { port: number; protocol: string }[] {
  const all: unknown[] = Array.isArray(ports) ? ports : [];
  return all.filter(isObject).map((one) => ({ port: Number(one[field]), protocol: String(one.protocol ?? '') }));
}
