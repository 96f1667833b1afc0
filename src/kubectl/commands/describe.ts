import type { Task } from '@/kubernetes/clock/task';
import type { CommandDefinition } from '../command-tree';
import { KubectlError, StatusError, throwAll } from '../errors';
import { bool, int } from '../flags/flag';
import { filenameFlags, selectorFlag } from '../flags/global-flags';
import { describers } from '../describe/load';
import type { Invocation } from '../invocation';
import { emptyText } from '../output/resource-table';
import { errorsOf, hasFiles, infosOf, missingResource, namedEntries } from '../resource/builder';
import { selectedEntries } from '../resource/selected-entries';
import type { Entry, Info } from '../resource/info';

/** Upstream: kubectl/pkg/cmd/describe/describe.go. */
export const describe: CommandDefinition = {
  name: 'describe',
  suggestFor: ['inspect'],
  short: 'Show details of a specific resource or group of resources',
  flags: [
    ...filenameFlags,
    selectorFlag,
    bool('all-namespaces', 'A'),
    bool('show-events', undefined, true),
    int('chunk-size', 500, 'int64'),
  ],
  *run(invocation): Task<void> {
    const { flags } = invocation;
    const { describeObject } = describers();
    if (flags.args.length === 0 && !hasFiles(invocation)) {
      throw new KubectlError(
        `You must specify the type of resource to describe. Use "kubectl api-resources" for a complete list of supported resources.\n`,
      );
    }
    const entries = find(invocation);
    const infos = infosOf(entries);
    const errors = errorsOf(entries);
    // Of several objects, and where one is missing, no events are shown unless they are asked for.
    const hidden =
      invocation.facts.hidesEventsOfMany && (infos.length > 1 || errors.length > 0) && !flags.changed('show-events');
    const describing = { invocation, events: flags.bool('show-events') && !hidden };
    const [first] = errors;
    if (first && flags.args.length === 2 && errors.every(isMissing)) {
      const near = matching(invocation);
      if (near.length === 0) throwAll(errors);
      for (const { mapping, object } of near) {
        invocation.out(`${describeObject(mapping.name, object, describing)}\n`);
      }
      return;
    }
    invocation.out(infos.map(({ mapping, object }) => describeObject(mapping.name, object, describing)).join('\n\n'));
    throwAll(errors);
    if (infos.length === 0) {
      invocation.err(emptyText(flags.bool('all-namespaces') ? undefined : invocation.namespace));
    }
  },
};

function isMissing(error: Error): boolean {
  return error instanceof StatusError && error.status.reason === 'NotFound';
}

function find(invocation: Invocation): Entry[] {
  const { flags } = invocation;
  if (hasFiles(invocation)) return selectedEntries(invocation, 'files');
  if (flags.args.length === 0) throw new KubectlError(missingResource);
  return namedEntries(invocation, {
    words: flags.args,
    selector: flags.string('selector'),
    allNamespaces: flags.bool('all-namespaces'),
    selectAllByDefault: true,
  });
}

/** A name that is not there may be the beginning of others. Upstream: `DescribeMatchingResources`. */
function matching(invocation: Invocation): Info[] {
  const [type = '', prefix = ''] = invocation.args;
  return infosOf(namedEntries(invocation, { words: [type], selectAllByDefault: true })).filter((info) =>
    info.name.startsWith(prefix),
  );
}
