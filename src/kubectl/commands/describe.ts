import type { Task } from '@/kubernetes/clock/task';
import type { CommandDefinition } from '../command-tree';
import { KubectlError, StatusError, throwAll } from '../errors';
import { bool, int } from '../flags/flag';
import { filenameFlags, selectorFlag } from '../flags/global-flags';
import { describeObject } from '../describe';
import type { Invocation } from '../invocation';
import { emptyText } from '../output/resource-table';
import { errorsOf, fileEntries, hasFiles, infosOf, missingResource, namedEntries } from '../resource/builder';
import type { Entry, Info } from '../resource/info';
import { fetchInfo } from '../resource/info';
import { mappingFor } from '../resource/mapping';

/** Upstream: kubectl/pkg/cmd/describe/describe.go. */
export const describe: CommandDefinition = {
  name: 'describe',
  short: 'Show details of a specific resource or group of resources',
  usage: '(-f FILENAME | TYPE [NAME_PREFIX | -l label] | TYPE/NAME)',
  flags: [
    ...filenameFlags,
    selectorFlag,
    bool('all-namespaces', 'A'),
    bool('show-events', undefined, true),
    int('chunk-size', 500, 'int64'),
  ],
  *run(invocation): Task<void> {
    const { flags } = invocation;
    if (flags.args.length === 0 && !hasFiles(invocation)) {
      throw new KubectlError(
        `You must specify the type of resource to describe. Use "kubectl api-resources" for a complete list of supported resources.\n`,
      );
    }
    let entries = find(invocation);
    const [only] = errorsOf(entries);
    if (only && infosOf(entries).length === 0) {
      const near = matching(invocation, only);
      if (near.length > 0) entries = near.map((info) => ({ info }));
    }
    const infos = infosOf(entries);
    // Several objects are described without their events, unless they are asked for.
    const hidden = infos.length > 1 && invocation.facts.hidesEventsOfMany && !flags.changed('show-events');
    const events = flags.bool('show-events') && !hidden;
    const texts = infos.map((info) => describeObject(info.mapping.name, info.object, { invocation, events }));
    invocation.out(texts.join('\n\n'));
    const errors = errorsOf(entries);
    throwAll(errors);
    if (texts.length === 0) {
      const type = flags.args[0]?.split(/[,/]/)[0];
      const everywhere =
        flags.bool('all-namespaces') || (type !== undefined && !mappingFor(type, invocation.minor).namespaced);
      invocation.err(emptyText(everywhere ? undefined : invocation.namespace));
    }
  },
};

function find(invocation: Invocation): Entry[] {
  const { flags } = invocation;
  if (hasFiles(invocation)) {
    return fileEntries(invocation).map((entry) =>
      'info' in entry ? { info: fetchInfo(invocation, entry.info) } : entry,
    );
  }
  if (flags.args.length === 0) throw new KubectlError(missingResource);
  return namedEntries(invocation, {
    words: flags.args,
    selector: flags.string('selector'),
    allNamespaces: flags.bool('all-namespaces'),
    selectAllByDefault: true,
  });
}

/** A name that is not there may be the beginning of others. Upstream: `DescribeMatchingResources`. */
function matching(invocation: Invocation, error: Error): Info[] {
  const { args } = invocation;
  if (!(error instanceof StatusError) || error.status.reason !== 'NotFound' || args.length !== 2) return [];
  const [type = '', prefix = ''] = args;
  return infosOf(namedEntries(invocation, { words: [type], selectAllByDefault: true })).filter((info) =>
    info.name.startsWith(prefix),
  );
}
