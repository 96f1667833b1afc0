import type { KubeObject } from '@/kubernetes/api/object';
import { goTypeOf } from '@/kubernetes/apiserver/schema/go-type';
import { calendar, isoSeconds } from '@/kubernetes/clock/calendar';
import type { Task } from '@/kubernetes/clock/task';
import { modifiedObject, parsedLastApplied, withoutNulls } from '../apply/last-applied';
import { threeWayMergePatch } from '../apply/patch-diff';
import type { CommandDefinition } from '../command-tree';
import { Exit, KubectlError, isReason, render, throwAll } from '../errors';
import { array, bool, int } from '../flags/flag';
import { fieldManagerFlag, filenameFlags, selectorFlag } from '../flags/global-flags';
import type { Invocation } from '../invocation';
import { withoutManagedFields } from '../output/printer';
import { unifiedDiff } from '../output/unified-diff';
import { toYaml } from '../output/yaml';
import { errorsOf, fileEntries, hasFiles, infosOf } from '../resource/builder';
import { type Info, apiVersionOf } from '../resource/info';
import { matchesSelector } from '../resource/selector';

/** Upstream: kubectl/pkg/cmd/diff/diff.go. Exit code 1: there are differences; 2: something failed. */
export const diff: CommandDefinition = {
  name: 'diff',
  short: 'Diff the live version against a would-be applied version',
  flagHint: "See 'kubectl diff -h' for help and examples",
  flagErrorCode: 2,
  flags: [
    ...filenameFlags,
    selectorFlag,
    fieldManagerFlag('kubectl-client-side-apply'),
    bool('server-side'),
    bool('force-conflicts'),
    bool('prune'),
    array('prune-allowlist'),
    bool('show-managed-fields'),
    int('concurrency', 1),
    bool('show-secrets'),
  ],
  *run(invocation): Task<number> {
    try {
      return compareAll(invocation);
    } catch (error) {
      const { text } = render(error);
      throw new Exit(2, text);
    }
  },
};

function compareAll(invocation: Invocation): number {
  if (invocation.args.length > 0) throw invocation.usage(`Unexpected args: [${invocation.args.join(' ')}]`);
  if (!hasFiles(invocation)) throw new KubectlError('must specify one of -f and -k');
  const entries = fileEntries(invocation);
  let different = false;
  const shown = (object: KubeObject | undefined) => (object ? toYaml(withoutManagedFields(object)) : '');
  for (const info of infosOf(entries)) {
    if (!matchesSelector(info.object, invocation.flags.string('selector'))) continue;
    const live = liveObject(invocation, info);
    const merged = mergedObject(invocation, info, live);
    const hunks = unifiedDiff(shown(live), shown(merged));
    if (hunks === '') continue;
    different = true;
    invocation.out(`${heading(invocation, info)}${hunks}`);
  }
  throwAll(errorsOf(entries));
  return different ? 1 : 0;
}

function liveObject(invocation: Invocation, { mapping, namespace, name }: Info): KubeObject | undefined {
  try {
    return invocation.request('get', mapping, { namespace, name });
  } catch (error) {
    if (isReason(error, 'NotFound')) return undefined;
    throw error;
  }
}

/** What applying would make of it; nothing is stored. */
function mergedObject(invocation: Invocation, info: Info, live: KubeObject | undefined): KubeObject {
  const { mapping, namespace, name, object } = info;
  const { flags } = invocation;
  const serverSide = flags.bool('server-side');
  // Upstream: kubectl/pkg/cmd/apply/apply.go `GetApplyFieldManagerFlag`.
  const fieldManager = serverSide && !flags.changed('field-manager') ? 'kubectl' : flags.string('field-manager');
  const ask = { namespace, dryRun: true, fieldManager } as const;
  if (serverSide) {
    return invocation.request('patch', mapping, {
      ...ask,
      name,
      body: object,
      patchType: 'apply',
      force: flags.bool('force-conflicts'),
    });
  }
  if (!live) return invocation.request('create', mapping, { ...ask, body: withoutNulls(object) });
  const type = goTypeOf(apiVersionOf(mapping), mapping.kind, invocation.context.cluster.world.kubernetes);
  const patch = threeWayMergePatch(parsedLastApplied(live), modifiedObject(object), live, type);
  return invocation.request('patch', mapping, { ...ask, name, body: patch, patchType: 'strategic' });
}

function heading(invocation: Invocation, { mapping, namespace, name }: Info): string {
  const file = [...(mapping.group ? [mapping.group] : []), mapping.version, mapping.kind, namespace ?? '', name].join(
    '.',
  );
  const time = calendar(invocation.now);
  const date = `${isoSeconds(time).replace('T', ' ')}.${String(time.millisecond).padStart(3, '0')}000000 +0000`;
  const live = `/tmp/LIVE-1/${file}`;
  const merged = `/tmp/MERGED-1/${file}`;
  return `diff -u -N ${live} ${merged}\n--- ${live}\t${date}\n+++ ${merged}\t${date}\n`;
}
