import { isObject, type KubeObject } from '@/kubernetes/api/object';
import type { Task } from '@/kubernetes/clock/task';
import type { CommandDefinition } from '../command-tree';
import { KubectlError, SeveralErrors, StatusError, throwAll } from '../errors';
import { array, bool, duration, string } from '../flags/flag';
import { fieldSelectorFlag, filenameFlags, printFlags, selectorFlag } from '../flags/global-flags';
import type { Invocation } from '../invocation';
import { relaxed } from '../output/custom-columns';
import { findPath } from '../output/jsonpath';
import { resultLine } from '../output/printer';
import { fileEntries, hasFiles, infosOf, errorsOf, namedEntries } from '../resource/builder';
import type { Info } from '../resource/info';

/** Upstream: kubectl/pkg/cmd/wait/wait.go. */
export const wait: CommandDefinition = {
  name: 'wait',
  short: 'Experimental: Wait for a specific condition on one or many resources',
  usage:
    "([-f FILENAME] | resource.group/resource.name | resource.group [(-l label | --all)]) [--for=create|--for=delete|--for condition=available|--for=jsonpath='{}'[=value]]",
  flags: [
    ...filenameFlags,
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

/** What is waited for: says whether an object (undefined: it is not there) has come to it. */
type Test = (object: KubeObject | undefined) => boolean;

function* run(invocation: Invocation): Task<void> {
  const { flags, context } = invocation;
  const { clock } = context.cluster;
  const wanted = flags.list('for').at(-1) ?? '';
  const test = testOf(wanted);
  const limit = flags.number('timeout');
  const until = clock.now + (limit < 0 ? 7 * 24 * 3_600_000 : limit);
  if (wanted.toLowerCase() === 'create') yield* created(invocation, until);
  const infos = found(invocation, wanted.toLowerCase() === 'delete');
  if (infos.length === 0) {
    if (wanted.toLowerCase() === 'delete') return;
    throw new KubectlError('no matching resources found');
  }
  const errors: Error[] = [];
  for (const info of infos) {
    // The time is for all of them together: who comes after its end is not looked at any more.
    if (limit > 0 && clock.now >= until) {
      errors.push(new KubectlError(`timed out waiting for the condition on ${info.mapping.plural}/${info.name}`));
      continue;
    }
    let last: KubeObject | undefined;
    for (;;) {
      last = read(invocation, info);
      if (test(last)) {
        invocation.out(resultLine({ ...info.object, kind: info.mapping.kind }, 'condition met'));
        break;
      }
      if (last === undefined && wanted.toLowerCase() !== 'delete') {
        errors.push(new KubectlError(`${info.mapping.plural} "${info.name}" not found`));
        break;
      }
      if (clock.now >= until) {
        errors.push(new KubectlError(`timed out waiting for the condition on ${info.mapping.plural}/${info.name}`));
        break;
      }
      yield { change: true, until };
    }
  }
  if (errors.length > 1) throw new SeveralErrors(errors);
  throwAll(errors);
}

function found(invocation: Invocation, deletion: boolean): Info[] {
  const { flags } = invocation;
  const entries = hasFiles(invocation)
    ? fileEntries(invocation)
    : namedEntries(invocation, {
        words: flags.args,
        selector: flags.string('selector'),
        fieldSelector: flags.string('field-selector'),
        all: flags.bool('all'),
        allNamespaces: flags.bool('all-namespaces'),
      });
  const errors = errorsOf(entries).filter((error) => !(deletion && isMissing(error)));
  throwAll(errors);
  return infosOf(entries);
}

function isMissing(error: unknown): boolean {
  return error instanceof StatusError && error.status.reason === 'NotFound';
}

/** `--for=create`: until every named object is there. */
function* created(invocation: Invocation, until: number): Task<void> {
  const { clock } = invocation.context.cluster;
  for (;;) {
    try {
      if (found(invocation, false).length > 0) return;
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

/** Upstream: wait.go `conditionFuncFor`. Throws for what is none. */
function testOf(wanted: string): Test {
  const lower = wanted.toLowerCase();
  if (lower === 'delete') return (object) => object === undefined;
  if (lower === 'create') return (object) => object !== undefined;
  if (lower.startsWith('condition=')) return conditionTest(wanted.slice('condition='.length));
  if (lower.startsWith('jsonpath=')) return jsonPathTest(wanted.slice('jsonpath='.length));
  throw new KubectlError(`unrecognized condition: ${JSON.stringify(wanted)}`);
}

function conditionTest(text: string): Test {
  const [name = '', value = 'True'] = text.split('=');
  return (object) => {
    if (!object || !isObject(object.status)) return false;
    const conditions: unknown[] = Array.isArray(object.status.conditions) ? object.status.conditions : [];
    const condition = conditions.find((one) => isObject(one) && String(one.type).toLowerCase() === name.toLowerCase());
    if (!isObject(condition)) return false;
    const generation = object.metadata.generation ?? 0;
    const observed = typeof condition.observedGeneration === 'number' ? condition.observedGeneration : generation;
    if (observed < generation) return false;
    return String(condition.status).toLowerCase() === value.toLowerCase();
  };
}

function jsonPathTest(text: string): Test {
  const match = /^(\{.*?\}|'\{.*?\}')(?:=(.*))?$/s.exec(text);
  const path = (match?.[1] ?? text.split('=')[0] ?? '').replace(/^'|'$/g, '');
  const value = match ? match[2] : text.includes('=') ? text.slice(text.indexOf('=') + 1) : undefined;
  if (path === '')
    throw new KubectlError('jsonpath wait has to have format: jsonpath=expression=value or jsonpath=expression');
  const steps = relaxed(path);
  return (object) => {
    const results = object ? findPath(steps, object) : [];
    if (results.length === 0) return false;
    if (value === undefined) return true;
    if (results.length > 1) throw new KubectlError('given jsonpath expression matches more than one value');
    return String(results[0] as string | number | boolean) === value;
  };
}
