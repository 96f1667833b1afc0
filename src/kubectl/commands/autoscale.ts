import { type JsonObject, type KubeObject } from '@/kubernetes/api/object';
import { parseQuantity, canonicalQuantity } from '@/kubernetes/api/quantity';
import { findResource } from '@/kubernetes/api/registry';
import type { Task } from '@/kubernetes/clock/task';
import { withTypedLastApplied } from '../apply/last-applied';
import type { CommandDefinition } from '../command-tree';
import { KubectlError, StatusError, throwAll } from '../errors';
import { bool, int, string } from '../flags/flag';
import { dryRunFlag, fieldManagerFlag, filenameFlags, printFlags } from '../flags/global-flags';
import type { Invocation } from '../invocation';
import { dryRunOf, dryRunSuffix } from '../options';
import { printerOf, resultLine } from '../output/printer';
import { asError, fetchedEntries, hasFiles, namedEntries } from '../resource/builder';
import { type Info, apiVersionOf } from '../resource/info';
import { gvrText } from '../resource/mapping';

/** Kinds with a scale sub-resource. */
const scalable = ['deployments.apps', 'replicasets.apps', 'statefulsets.apps', 'replicationcontrollers'];

/** Upstream: kubectl/pkg/cmd/autoscale/autoscale.go. */
export const autoscale: CommandDefinition = {
  name: 'autoscale',
  short: 'Auto-scale a deployment, replica set, stateful set, or replication controller',
  flags: [
    ...filenameFlags,
    ...printFlags,
    dryRunFlag,
    fieldManagerFlag('kubectl-autoscale'),
    bool('save-config'),
    int('min', -1, 'int32'),
    int('max', -1, 'int32'),
    {
      ...int('cpu-percent', -1, 'int32'),
      deprecated:
        "Use --cpu with percentage or resource quantity format (e.g., '70%' for utilization or '500m' for milliCPU).",
    },
    string('cpu'),
    string('memory'),
    string('name'),
  ],
  required: ['max'],
  run,
};

function* run(invocation: Invocation): Task<void> {
  const { flags } = invocation;
  const dryRun = dryRunOf(invocation);
  const metrics = validate(invocation);
  const printer = printerOf(invocation, { typed: true });
  const mapping = findResource('horizontalpodautoscalers', 'autoscaling');
  const entries = hasFiles(invocation) ? fetchedEntries(invocation) : namedEntries(invocation, { words: flags.args });
  const errors: Error[] = [];
  let count = 0;
  for (const entry of entries) {
    try {
      if ('error' in entry) throw entry.error;
      const draft = autoscalerFor(invocation, entry.info, metrics);
      const body =
        flags.bool('save-config') && dryRun !== 'client' ? withTypedLastApplied(draft, invocation.minor) : draft;
      const object =
        dryRun === 'client' || !mapping
          ? body
          : invocation.request('create', mapping, {
              namespace: invocation.namespace,
              body,
              fieldManager: flags.string('field-manager'),
              ...(dryRun === 'server' ? { dryRun: true } : {}),
            });
      count++;
      const operation = dryRun === 'client' ? 'created' : 'autoscaled';
      invocation.out(printer ? printer(object) : resultLine(object, operation, dryRunSuffix(dryRun)));
    } catch (error) {
      const failed = asError(error);
      const atCreation = !('error' in entry) && failed instanceof StatusError;
      errors.push(atCreation ? refused(invocation, failed) : failed);
    }
  }
  throwAll(errors);
  if (count === 0) throw new KubectlError('no objects passed to autoscale');
}

/**
 * A refused autoscaler is tried again in autoscaling/v1 where that can say the same, and refused again; where it cannot,
 * the server's word is lost and kubectl's own check is named instead, which may have found nothing. Upstream:
 * autoscale.go `Run`, `canCreateHPAV1`.
 */
function refused({ flags }: Invocation, error: StatusError): Error {
  const [cpu, memory] = [flags.string('cpu').trim(), flags.string('memory')];
  const fits = memory === '' && (flags.number('cpu-percent') >= 0 || cpu.endsWith('%'));
  if (cpu !== '' && fits) return error;
  return new KubectlError(
    `failed to create autoscaling/v2 HPA and the configuration is incompatible with autoscaling/v1: ${cpu === '' ? 'empty input' : '%!w(<nil>)'}`,
  );
}

/** Upstream: autoscale.go `Validate`. The targets, in the order in which they are written. */
function validate({ flags }: Invocation): JsonObject[] {
  const [least, most, percent] = [flags.number('min'), flags.number('max'), flags.number('cpu-percent')];
  if (most < 1) throw new KubectlError(`--max=MAXPODS is required and must be at least 1, max: ${most}`);
  if (most < least) {
    throw new KubectlError(`--max=MAXPODS must be larger or equal to --min=MINPODS, max: ${most}, min: ${least}`);
  }
  const [cpu, memory] = [flags.string('cpu'), flags.string('memory')];
  if (percent > 0 && cpu !== '') throw new KubectlError('--cpu-percent and --cpu are mutually exclusive');
  return [
    ...(percent > 0 ? [metric('cpu', { type: 'Utilization', averageUtilization: percent })] : []),
    ...(cpu === '' ? [] : [metric('cpu', targetOf('cpu', cpu))]),
    ...(memory === '' ? [] : [metric('memory', targetOf('memory', memory))]),
  ];
}

function metric(name: string, target: JsonObject): JsonObject {
  return { type: 'Resource', resource: { name, target } };
}

/** `80%`, `500m`, `200Mi`; bare numbers are milli-CPU and mebibytes. Upstream: autoscale.go `parseResourceInput`. */
function targetOf(resource: 'cpu' | 'memory', text: string): JsonObject {
  if (text.endsWith('%')) {
    const number = text.slice(0, -1);
    if (!/^[+-]?\d+$/.test(number)) throw new KubectlError(`failed to parse percentage value: ${text}`);
    return { type: 'Utilization', averageUtilization: Number(number) };
  }
  const bare = text !== '' && Number.isFinite(Number(text));
  const withUnit = bare ? `${Number(text)}${resource === 'cpu' ? 'm' : 'Mi'}` : text;
  if (!parseQuantity(withUnit)) throw new KubectlError(`invalid resource ${resource} value: ${text}`);
  return { type: 'AverageValue', averageValue: canonicalQuantity(withUnit) };
}

/** Upstream: autoscale.go `createHorizontalPodAutoscalerV2`. */
function autoscalerFor(invocation: Invocation, { mapping, name }: Info, metrics: readonly JsonObject[]): KubeObject {
  if (!scalable.includes(mapping.name)) {
    throw new KubectlError(
      `cannot autoscale a ${mapping.kind}: could not find scale subresource for ${gvrText(mapping)} in discovery information`,
    );
  }
  const { flags } = invocation;
  const least = flags.number('min');
  const metadata = {
    name: flags.string('name') || name,
    ...(invocation.namespaceGiven ? { namespace: invocation.namespace } : {}),
  };
  return {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    // The server fills in the rest of the metadata.
    metadata: metadata as KubeObject['metadata'],
    spec: {
      maxReplicas: flags.number('max'),
      ...(metrics.length > 0 ? { metrics } : {}),
      ...(least > 0 ? { minReplicas: least } : {}),
      scaleTargetRef: { apiVersion: apiVersionOf(mapping), kind: mapping.kind, name },
    },
    status: { currentMetrics: null, desiredReplicas: 0 },
  };
}
