import type { Task } from '@/kubernetes/clock/task';
import type { CommandDefinition } from '../command-tree';
import { KubectlError, throwAll, withSource } from '../errors';
import { bool, duration, int, string } from '../flags/flag';
import { dryRunFlag, fieldSelectorFlag, filenameFlags, selectorFlag } from '../flags/global-flags';
import type { Ask, Invocation } from '../invocation';
import { dryRunOf, dryRunSuffix, refuseFlags } from '../options';
import { resultLine } from '../output/printer';
import { propagationOf } from '../cascade';
import { sendRaw } from '../raw/send';
import { type Query, asError, fileEntries, hasFiles, namedEntries } from '../resource/builder';
import type { Entry, Info } from '../resource/info';
import { resourceText } from '../resource/mapping';
import { waitForDeletion } from '../wait/deletion';

/** Upstream: kubectl/pkg/cmd/delete/delete.go. */
export const remove: CommandDefinition = {
  name: 'delete',
  suggestFor: ['rm', 'remove'],
  short: 'Delete resources by file names, stdin, resources and names, or by resources and label selector',
  flags: [
    ...filenameFlags,
    selectorFlag,
    fieldSelectorFlag,
    dryRunFlag,
    bool('all'),
    bool('all-namespaces', 'A'),
    bool('force'),
    bool('now'),
    bool('wait', undefined, true),
    bool('ignore-not-found'),
    bool('interactive', 'i'),
    int('grace-period', -1),
    duration('timeout'),
    string('cascade', undefined, 'background', 'background'),
    string('output', 'o'),
    string('raw'),
  ],
  run,
};

const immediate =
  'Warning: Immediate deletion does not wait for confirmation that the running resource has been terminated. The resource may continue to run on the cluster indefinitely.\n';

function checkOutput(output: string): void {
  if (output === '' || output === 'name') return;
  throw new KubectlError(`unexpected -o output mode: ${output}. We only support '-o name'`);
}

function* run(invocation: Invocation): Task<void> {
  const { flags } = invocation;
  const output = flags.string('output');
  if (flags.string('raw') !== '') {
    checkOutput(output);
    sendRaw(invocation, 'delete');
    return;
  }
  refuseFlags(invocation, 'interactive');
  const dryRun = dryRunOf(invocation);
  const propagationPolicy = propagationOf(invocation);
  let grace = flags.number('grace-period');
  if (flags.bool('now')) {
    if (grace !== -1) throw new KubectlError('--now and --grace-period cannot be specified together');
    grace = 1;
  }
  // To keep older uses working, 0 becomes 1 unless it is forced.
  if (grace === 0 && !flags.bool('force')) grace = 1;
  if (flags.bool('force') && grace < 0) grace = 0;
  const entries = targets(invocation);
  checkOutput(output);
  if (flags.bool('force')) {
    if (grace > 0) throw new KubectlError('--force and --grace-period greater than 0 cannot be specified together');
    invocation.err(immediate);
  }
  if (clusterWideInNamespace(invocation, entries)) {
    invocation.err('Warning: deleting cluster-scoped resources, not scoped to the provided namespace\n');
  }
  const ask: Ask = {
    ...(grace >= 0 ? { gracePeriodSeconds: grace } : {}),
    propagationPolicy,
    ...(dryRun === 'server' ? { dryRun: true } : {}),
  };
  const errors: Error[] = [];
  const deleted: { info: Info; uid: string | undefined }[] = [];
  let found = 0;
  for (const entry of entries) {
    if ('error' in entry) {
      errors.push(entry.error);
      continue;
    }
    const { info } = entry;
    yield* invocation.answers();
    try {
      const uid = deleteOne(invocation, info, dryRun === 'client', ask);
      found++;
      deleted.push({ info, uid });
      invocation.out(resultOf(invocation, info, grace === 0 ? 'force deleted' : 'deleted', dryRunSuffix(dryRun)));
    } catch (error) {
      if (isMissing(error) && (flags.bool('ignore-not-found') || selected(invocation))) continue;
      errors.push(asError(error));
    }
  }
  throwAll(errors);
  if (found === 0) {
    if (!flags.bool('ignore-not-found')) invocation.out('No resources found\n');
    return;
  }
  if (!flags.bool('wait') || dryRun !== 'none') return;
  const limit = flags.number('timeout') > 0 ? flags.number('timeout') : undefined;
  for (const { info, uid } of deleted) {
    if (yield* waitForDeletion(invocation, info, uid, limit)) continue;
    if (limit !== undefined) {
      throw new KubectlError(`timed out waiting for the condition on ${info.mapping.plural}/${info.name}`);
    }
  }
}

function targets(invocation: Invocation): Entry[] {
  const { flags } = invocation;
  if (hasFiles(invocation)) {
    if (flags.args.length > 0)
      throw new KubectlError(
        'when paths, URLs, or stdin is provided as input, you may not specify resource arguments as well',
      );
    return fileEntries(invocation);
  }
  const query: Query = {
    words: flags.args,
    selector: flags.string('selector'),
    fieldSelector: flags.string('field-selector'),
    selectAll: flags.bool('all'),
    allNamespaces: flags.bool('all-namespaces'),
    namesOnly: true,
  };
  return namedEntries(invocation, query);
}

function selected(invocation: Invocation): boolean {
  return invocation.flags.bool('all') || invocation.flags.string('selector') !== '';
}

/** The uid of what was deleted, where the server names it. Throws StatusError. */
function deleteOne(invocation: Invocation, info: Info, pretend: boolean, ask: Ask): string | undefined {
  const { mapping, namespace, name, source } = info;
  try {
    if (pretend) return undefined;
    const answer = invocation.request('delete', mapping, { ...ask, namespace, name });
    // What is gone at once is answered with a Status that has details, all else with the object.
    const { details } = answer as { details?: { uid?: string } };
    return details?.uid ?? answer.metadata.uid;
  } catch (error) {
    throw withSource('deleting', source, asError(error));
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'status' in error && /NotFound/.test(JSON.stringify(error.status));
}

/** Cluster-wide objects named beside `--namespace`. */
function clusterWideInNamespace(invocation: Invocation, entries: readonly Entry[]): boolean {
  if (!invocation.namespaceGiven || invocation.flags.bool('all-namespaces')) return false;
  return entries.some((entry) => 'info' in entry && !entry.info.mapping.namespaced);
}

function resultOf(invocation: Invocation, info: Info, operation: string, suffix: string): string {
  if (invocation.flags.string('output') === 'name') {
    return resultLine(
      {
        ...info.object,
        apiVersion: info.mapping.group ? `${info.mapping.group}/v1` : 'v1',
        kind: info.mapping.kind,
        metadata: { ...info.object.metadata, name: info.name },
      },
      '',
    );
  }
  const type = resourceText(info.mapping).replace(info.mapping.plural, info.mapping.kind.toLowerCase());
  const where = info.namespace === undefined ? '' : ` from ${info.namespace} namespace`;
  return `${type} "${info.name}" ${operation}${where}${suffix}\n`;
}
