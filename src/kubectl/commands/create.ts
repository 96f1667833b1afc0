import type { KubeObject } from '@/kubernetes/api/object';
import type { Task } from '@/kubernetes/clock/task';
import { withLastApplied } from '../apply/last-applied';
import type { CommandDefinition } from '../command-tree';
import { KubectlError, throwAll, withSource } from '../errors';
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
import { dryRunOf, dryRunSuffix, validationOf } from '../options';
import { printerOf, resultLine } from '../output/printer';
import { sendRaw } from '../raw/send';
import { asError, fileEntries, hasFiles } from '../resource/builder';
import { matchesSelector } from '../resource/selector';
import { generators } from './create/index';
import { editObjects } from './edit-text';

/** Upstream: kubectl/pkg/cmd/create/create.go. */
export const create: CommandDefinition = {
  name: 'create',
  short: 'Create a resource from a file or from stdin',
  flags: [
    ...filenameFlags,
    ...printFlags,
    dryRunFlag,
    validateFlag,
    selectorFlag,
    fieldManagerFlag('kubectl-create'),
    bool('save-config'),
    bool('edit'),
    bool('windows-line-endings'),
    string('raw'),
  ],
  commands: generators,
  run,
};

function* run(invocation: Invocation): Task<void> {
  const { flags } = invocation;
  if (!hasFiles(invocation) && flags.args.length > 0)
    throw invocation.usage(`Unexpected args: [${flags.args.join(' ')}]`);
  const dryRun = dryRunOf(invocation);
  const printer = printerOf(invocation);
  const fieldValidation = validationOf(invocation);
  if (!hasFiles(invocation)) throw new KubectlError('must specify one of -f and -k');
  if (flags.args.length > 0) throw invocation.usage(`Unexpected args: [${flags.args.join(' ')}]`);
  if (flags.string('raw') !== '') {
    sendRaw(invocation, 'create');
    return;
  }
  const errors: Error[] = [];
  let count = 0;
  for (const entry of fileEntries(invocation, { validate: fieldValidation !== 'Ignore' })) {
    if ('error' in entry) {
      errors.push(entry.error);
      continue;
    }
    const { info } = entry;
    if (!matchesSelector(info.object, flags.string('selector'))) continue;
    count++;
    yield* invocation.answers();
    const wanted = flags.bool('edit') ? yield* edited(invocation, info.object) : info.object;
    if (!wanted) continue;
    const body = flags.bool('save-config') ? withLastApplied(wanted) : wanted;
    let object: KubeObject = body;
    if (dryRun !== 'client') {
      try {
        object = invocation.request('create', info.mapping, {
          namespace: info.namespace,
          body,
          fieldValidation,
          fieldManager: flags.string('field-manager'),
          ...(dryRun === 'server' ? { dryRun: true } : {}),
        });
      } catch (error) {
        errors.push(withSource('creating', info.source, asError(error)));
        continue;
      }
    }
    invocation.out(printer ? printer(object) : resultLine(object, 'created', dryRunSuffix(dryRun)));
  }
  throwAll(errors);
  if (count === 0) throw new KubectlError('no objects passed to create');
}

/** What an editor makes of an object before it is created; undefined when it was not changed. */
function* edited(invocation: Invocation, object: KubeObject): Task<KubeObject | undefined> {
  const [changed] = (yield* editObjects(invocation, [object])) ?? [];
  // The server judges what it is.
  return changed as KubeObject | undefined;
}
