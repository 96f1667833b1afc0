import { isObject, type KubeObject } from '@/kubernetes/api/object';
import type { Task } from '@/kubernetes/clock/task';
import type { CommandDefinition } from '../command-tree';
import { KubectlError, throwAll } from '../errors';
import { bool, duration, int, string } from '../flags/flag';
import { dryRunFlag, filenameFlags, printFlags, selectorFlag } from '../flags/global-flags';
import type { Invocation } from '../invocation';
import { dryRunOf, dryRunSuffix } from '../options';
import { printerOf, resultLine } from '../output/printer';
import { asError, fileEntries, hasFiles, namedEntries } from '../resource/builder';
import type { Info } from '../resource/info';

/** Upstream: kubectl/pkg/cmd/scale/scale.go. */
export const scale: CommandDefinition = {
  name: 'scale',
  short: 'Set a new size for a deployment, replica set, or replication controller',
  flags: [
    ...filenameFlags,
    ...printFlags,
    selectorFlag,
    dryRunFlag,
    int('replicas'),
    int('current-replicas', -1),
    string('resource-version'),
    bool('all'),
    duration('timeout'),
  ],
  required: ['replicas'],
  run,
};

function* run(invocation: Invocation): Task<void> {
  const { flags } = invocation;
  const dryRun = dryRunOf(invocation);
  const printer = printerOf(invocation);
  if (flags.number('replicas') < 0) {
    throw new KubectlError('The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0');
  }
  const entries = hasFiles(invocation)
    ? fileEntries(invocation)
    : namedEntries(invocation, { words: flags.args, selector: flags.string('selector'), all: flags.bool('all') });
  const limit = flags.number('timeout');
  const errors: Error[] = [];
  let found = 0;
  for (const entry of entries) {
    if ('error' in entry) {
      errors.push(entry.error);
      continue;
    }
    found++;
    try {
      if (dryRun !== 'client') scaleOne(invocation, entry.info, dryRun === 'server');
      if (limit > 0 && dryRun === 'none') yield* reached(invocation, entry.info, limit);
      const { object, mapping, name } = entry.info;
      const shown = withReplicas(
        { ...object, kind: mapping.kind, metadata: { ...object.metadata, name } },
        flags.number('replicas'),
      );
      invocation.out(printer ? printer(shown) : resultLine(shown, 'scaled', dryRunSuffix(dryRun)));
    } catch (error) {
      throw asError(error);
    }
  }
  const [first] = errors;
  if (found === 0 && first && invocation.facts.saysNothingScaled) {
    throw new KubectlError(`no objects passed to scale ${first.message}`);
  }
  throwAll(errors);
  if (found === 0) throw new KubectlError('no objects passed to scale');
}

/** Upstream: kubectl/pkg/scale/scale.go. Throws for a precondition that does not hold, and StatusError. */
function scaleOne(invocation: Invocation, info: Info, dryRun: boolean): void {
  const { flags } = invocation;
  const { mapping, namespace, name } = info;
  const expected = flags.number('current-replicas');
  if (expected >= 0 || flags.string('resource-version') !== '') {
    const current = invocation.request('get', mapping, { namespace, name, subresource: 'scale' });
    const spec = current.spec as { replicas?: number } | undefined; // a ScaleSpec
    if (expected >= 0 && (spec?.replicas ?? 0) !== expected) {
      throw new KubectlError(`Expected replicas to be ${expected}, was ${spec?.replicas ?? 0}`);
    }
    const version = flags.string('resource-version');
    const have = current.metadata.resourceVersion ?? '';
    if (version !== '' && have !== version) {
      throw new KubectlError(`Expected resource version to be ${version}, was ${have}`);
    }
  }
  invocation.request('patch', mapping, {
    namespace,
    name,
    subresource: 'scale',
    patchType: 'merge',
    body: { spec: { replicas: flags.number('replicas') } },
    ...(dryRun ? { dryRun: true } : {}),
  });
}

/** Upstream: kubectl/pkg/scale/scale.go `WaitForScaleHasDesiredReplicas`. */
function* reached(invocation: Invocation, { mapping, namespace, name }: Info, limit: number): Task<void> {
  const { clock } = invocation.context.cluster;
  const until = clock.now + limit;
  const wanted = invocation.flags.number('replicas');
  for (;;) {
    const { status } = invocation.request('get', mapping, { namespace, name });
    const counts = status as { replicas?: number } | undefined; // every kind that scales counts them so
    if ((counts?.replicas ?? 0) === wanted) return;
    if (clock.now >= until) throw new KubectlError(`timed out waiting for ${JSON.stringify(name)} to be synced`);
    yield { change: true, until };
  }
}

/** What is printed is the object as it was read, with the new count. Upstream: scale.go `RunScale`. */
function withReplicas(object: KubeObject, replicas: number): KubeObject {
  return { ...object, spec: { ...(isObject(object.spec) ? object.spec : {}), replicas } };
}
