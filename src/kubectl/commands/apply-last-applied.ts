import { type JsonObject, type KubeObject, deepEqual, isObject } from '@/kubernetes/api/object';
import type { Task } from '@/kubernetes/clock/task';
import { lastApplied, readLastApplied } from '../apply/last-applied';
import type { CommandDefinition } from '../command-tree';
import { KubectlError, throwAll } from '../errors';
import { bool, string } from '../flags/flag';
import {
  dryRunFlag,
  fieldManagerFlag,
  filenameFlags,
  printFlags,
  selectorFlag,
  validateFlag,
} from '../flags/global-flags';
import type { Invocation } from '../invocation';
import { dryRunOf, dryRunSuffix } from '../options';
import { goJson } from '@/kubernetes/strconv/go-json';
import { printerOf, resultLine } from '../output/printer';
import { toYaml } from '../output/yaml';
import { errorsOf, fileEntries, hasFiles, infosOf, missingResource, namedEntries } from '../resource/builder';
import { type Info, fetchInfo } from '../resource/info';
import { editObjects, lastAppliedHead } from './edit-text';

function annotated(invocation: Invocation, selectAllByDefault = false) {
  const entries = hasFiles(invocation)
    ? fileEntries(invocation).map((entry) => ('info' in entry ? { info: fetchInfo(invocation, entry.info) } : entry))
    : namedEntries(invocation, {
        words: invocation.args,
        ...(selectAllByDefault ? { selectAllByDefault } : { selector: invocation.flags.string('selector') }),
        all: invocation.flags.has('all') && invocation.flags.bool('all'),
      });
  throwAll(errorsOf(entries));
  return infosOf(entries);
}

/** Upstream: kubectl/pkg/cmd/apply/apply_view_last_applied.go. */
export const viewLastApplied: CommandDefinition = {
  name: 'view-last-applied',
  short: 'View the latest last-applied-configuration annotations of a resource/object',
  flags: [...filenameFlags, selectorFlag, bool('all'), string('output', 'o', 'yaml')],
  *run(invocation): Task<void> {
    const output = invocation.flags.string('output');
    const texts = annotated(invocation).flatMap(({ object, name, source }) => {
      const text = readLastApplied(object);
      // Upstream wraps an error that is none: without a file to name, nothing is left of it.
      if (text === undefined && source !== '') throw missing(name, source);
      return text === undefined ? [] : [text];
    });
    for (const text of texts) {
      const value: unknown = JSON.parse(text);
      if (output === 'json') invocation.out(`${goJson(value, 2)}\n`);
      else if (output === 'yaml') invocation.out(toYaml(value));
      else throw invocation.usage(`Unexpected -o output mode: ${output}, the flag 'output' must be one of yaml|json`);
    }
  },
};

function missing(name: string, source: string): KubectlError {
  const text = `no last-applied-configuration annotation found on resource: ${name}`;
  return new KubectlError(`error when ${text}\n "${source}": <nil>`);
}

/** Upstream: kubectl/pkg/cmd/apply/apply_set_last_applied.go. */
export const setLastApplied: CommandDefinition = {
  name: 'set-last-applied',
  short: 'Set the last-applied-configuration annotation on a live object to match the contents of a file',
  flags: [...filenameFlags, ...printFlags, dryRunFlag, bool('create-annotation')],
  *run(invocation): Task<void> {
    const dryRun = dryRunOf(invocation);
    const printer = printerOf(invocation);
    if (!hasFiles(invocation)) throw new KubectlError(missingResource);
    const entries = fileEntries(invocation);
    throwAll(errorsOf(entries));
    const changed: { readonly info: Info; readonly annotation: string }[] = [];
    for (const info of infosOf(entries)) {
      const live = fetchInfo(invocation, info).object;
      // Upstream: kubectl/pkg/cmd/util/editor/editoptions.go `GetApplyPatch`: the file as it is.
      const annotation = `${goJson(info.object)}\n`;
      if (readLastApplied(live) === undefined && !invocation.flags.bool('create-annotation')) {
        throw new KubectlError(
          `no last-applied-configuration annotation found on resource: ${info.name}, to create the annotation, run the command with --create-annotation`,
        );
      }
      const applied = readLastApplied(live);
      // `apply` writes annotations down even where there are none: what it applied counts as different.
      if (applied !== undefined && deepEqual(JSON.parse(applied), info.object)) {
        invocation.out(`set-last-applied ${info.name}: no changes required.\n`);
      } else changed.push({ info: { ...info, object: live }, annotation });
    }
    for (const { info, annotation } of changed) {
      let { object } = info;
      if (dryRun !== 'client') {
        object = invocation.request('patch', info.mapping, {
          namespace: info.namespace,
          name: info.name,
          body: { metadata: { annotations: { [lastApplied]: annotation } } },
          patchType: 'merge',
          ...(dryRun === 'server' ? { dryRun: true } : {}),
        });
      }
      invocation.out(printer ? printer(object) : resultLine(object, 'configured', dryRunSuffix(dryRun)));
    }
  },
};

/** Upstream: kubectl/pkg/cmd/apply/apply_edit_last_applied.go. */
export const editLastApplied: CommandDefinition = {
  name: 'edit-last-applied',
  short: 'Edit latest last-applied-configuration annotations of a resource/object',
  flags: [
    ...filenameFlags,
    ...printFlags,
    fieldManagerFlag('kubectl-client-side-apply'),
    validateFlag,
    bool('windows-line-endings'),
  ],
  *run(invocation): Task<void> {
    const infos = annotated(invocation, true).filter(({ object }) => readLastApplied(object) !== undefined);
    if (infos.length === 0) {
      throw new KubectlError(
        'no last-applied-configuration annotation found on resources, to create the annotation, use command `kubectl apply set-last-applied --create-annotation`',
      );
    }
    const applied = infos.map(({ object }) => appliedTo(object));
    const edited = yield* editObjects(invocation, applied, 'yaml', lastAppliedHead);
    for (const [i, info] of infos.entries()) {
      const object = edited?.[i];
      if (object === undefined) continue;
      if (deepEqual(object, applied[i])) {
        invocation.out(resultLine(info.object, 'skipped'));
        continue;
      }
      invocation.request('patch', info.mapping, {
        namespace: info.namespace,
        name: info.name,
        body: { metadata: { annotations: { [lastApplied]: `${goJson(object)}\n` } } },
        patchType: 'merge',
      });
      invocation.out(resultLine(info.object, 'edited'));
    }
  },
};

/** What the annotation holds. */
function appliedTo(object: KubeObject): JsonObject {
  const value: unknown = JSON.parse(readLastApplied(object) ?? '{}');
  return isObject(value) ? value : {};
}
