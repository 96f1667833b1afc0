import type { KubeObject } from '@/kubernetes/api/object';
import type { Task } from '@/kubernetes/clock/task';
import type { CommandDefinition } from '../command-tree';
import { KubectlError, SeveralErrors, StatusError, throwAll } from '../errors';
import { array, bool, duration, string } from '../flags/flag';
import { fieldSelectorFlag, printFlags, recursiveFilenameFlags, selectorFlag } from '../flags/global-flags';
import type { Invocation } from '../invocation';
import { printerOf, resultLine } from '../output/printer';
import { asError, errorsOf, fileEntries, hasFiles, namedEntries } from '../resource/builder';
import type { Entry, Info } from '../resource/info';
import { type Test, testsOf } from '../wait/conditions';

/** Upstream: kubectl/pkg/cmd/wait/wait.go. */
export const wait: CommandDefinition = {
  name: 'wait',
  short: 'Wait for a specific condition on one or many resources',
  flags: [
    ...recursiveFilenameFlags,
    ...printFlags,
    selectorFlag,
    fieldSelectorFlag,
    bool('all'),
    bool('all-namespaces', 'A'),
    bool('local'),
    array('for'),
    duration('timeout', 30_000),
    string('subresource'),
  ],
  run,
};

function* run(invocation: Invocation): Task<void> {
  const { flags, context } = invocation;
  const { clock } = context.cluster;
  const given = flags.list('for');
  const wanted = invocation.facts.waitsForSeveral ? given : [given.at(-1) ?? ''];
  const tests = testsOf(wanted);
  const [deletion, creation] = ['delete', 'create'].map((word) => wanted.some((one) => one.toLowerCase() === word));
  const limit = flags.number('timeout');
  const until = clock.now + (limit < 0 ? 7 * 24 * 3_600_000 : limit);
  if (creation) yield* created(invocation, until);
  const entries = found(invocation, deletion ?? false);
  if (entries.length === 0) {
    if (deletion) return;
    throw new KubectlError('no matching resources found');
  }
  const errors: Error[] = [];
  for (const entry of entries) {
    if ('error' in entry) {
      errors.push(entry.error);
      continue;
    }
    const { info } = entry;
    try {
      for (const test of tests) yield* met(invocation, info, test, limit, until);
    } catch (error) {
      errors.push(asError(error));
    }
  }
  if (errors.length > 1) throw new SeveralErrors(errors);
  throwAll(errors);
}

/** Waits until one object passes one test. The time is for all of them together. */
function* met(invocation: Invocation, info: Info, test: Test, limit: number, until: number): Task<void> {
  const { clock } = invocation.context.cluster;
  const name = `${info.mapping.plural}/${info.name}`;
  const late = () =>
    new KubectlError(limit === 0 ? `condition not met for ${name}` : `timed out waiting for the condition on ${name}`);
  if (limit > 0 && clock.now >= until) throw late();
  for (;;) {
    const last = read(invocation, info);
    if (test(last)) break;
    if (last === undefined) throw new KubectlError(`${info.mapping.plural} "${info.name}" not found`);
    if (clock.now >= until) throw late();
    yield { change: true, until };
  }
  const printer = printerOf(invocation);
  const object = read(invocation, info) ?? info.object;
  invocation.out(printer ? printer(object) : resultLine({ ...object, kind: info.mapping.kind }, 'condition met'));
}

function found(invocation: Invocation, deletion: boolean): Entry[] {
  const { flags } = invocation;
  const entries = hasFiles(invocation)
    ? fileEntries(invocation)
    : namedEntries(invocation, {
        words: flags.args,
        selector: flags.string('selector'),
        fieldSelector: flags.string('field-selector'),
        all: flags.bool('all'),
        selectAll: flags.bool('all'),
        allNamespaces: flags.bool('all-namespaces'),
      });
  return entries.filter((entry) => !(deletion && 'error' in entry && isMissing(entry.error)));
}

function isMissing(error: unknown): boolean {
  return error instanceof StatusError && error.status.reason === 'NotFound';
}

/** `--for=create`: until every named object is there. */
function* created(invocation: Invocation, until: number): Task<void> {
  const { clock } = invocation.context.cluster;
  for (;;) {
    try {
      const entries = found(invocation, false);
      throwAll(errorsOf(entries));
      if (entries.length > 0) return;
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
    if (clock.now >= until) throw new KubectlError('timed out waiting for the condition');
    yield { change: true, until };
  }
}

function read(invocation: Invocation, { mapping, namespace, name, object }: Info): KubeObject | undefined {
  try {
    const current = invocation.request('get', mapping, { namespace, name });
    return object.metadata.uid !== undefined && current.metadata.uid !== object.metadata.uid ? undefined : current;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
