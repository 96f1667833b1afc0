import type { KubeObject } from '@/kubernetes/api/object';
import type { Task } from '@/kubernetes/clock/task';
import { lastApplied, withLastApplied } from '../apply/last-applied';
import type { CommandDefinition } from '../command-tree';
import { KubectlError, StatusError, isReason, throwAll, withSource } from '../errors';
import { bool, duration, int, string } from '../flags/flag';
import { dryRunFlag, fieldManagerFlag, filenameFlags, printFlags, validateFlag } from '../flags/global-flags';
import type { Ask, Invocation } from '../invocation';
import { type DryRun, dryRunOf, dryRunSuffix, validationOf } from '../options';
import { printerOf, resultLine } from '../output/printer';
import { sendRaw } from '../raw/send';
import { asError, fileEntries, hasFiles } from '../resource/builder';
import type { Info } from '../resource/info';
import { waitForDeletion } from '../wait/deletion';

/** Upstream: kubectl/pkg/cmd/replace/replace.go. */
export const replace: CommandDefinition = {
  name: 'replace',
  short: 'Replace a resource by file name or stdin',
  flags: [
    ...filenameFlags,
    ...printFlags,
    dryRunFlag,
    validateFlag,
    fieldManagerFlag('kubectl-replace'),
    bool('force'),
    bool('save-config'),
    bool('wait'),
    string('cascade', undefined, 'background', 'background'),
    int('grace-period', -1),
    duration('timeout'),
    string('raw'),
    string('subresource'),
  ],
  run,
};

function* run(invocation: Invocation): Task<void> {
  const { flags } = invocation;
  const dryRun = dryRunOf(invocation);
  const printer = printerOf(invocation);
  const fieldValidation = validationOf(invocation);
  if (!hasFiles(invocation)) throw new KubectlError('must specify one of -f and -k');
  if (flags.args.length > 0) throw invocation.usage(`Unexpected args: [${flags.args.join(' ')}]`);
  if (flags.number('grace-period') >= 0 && !flags.bool('force')) {
    throw new KubectlError('--grace-period must have --force specified');
  }
  if (flags.number('timeout') !== 0 && !flags.bool('force')) {
    throw new KubectlError('--timeout must have --force specified');
  }
  if (flags.bool('force') && dryRun !== 'none') {
    throw new KubectlError('--dry-run can not be used when --force is set');
  }
  if (flags.string('raw') !== '') {
    sendRaw(invocation, 'update');
    return;
  }
  const ask: Ask = {
    ...(flags.string('subresource') === '' ? {} : { subresource: flags.string('subresource') }),
    fieldValidation,
    fieldManager: flags.string('field-manager'),
    ...(dryRun === 'server' ? { dryRun: true } : {}),
  };
  const entries = fileEntries(invocation, { validate: fieldValidation !== 'Ignore' });
  const errors: Error[] = [];
  if (flags.bool('force') && entries.length === 0) {
    invocation.out('No resources found\n');
    throw new KubectlError('no objects passed to replace');
  }
  if (flags.bool('force')) {
    for (const entry of entries) if ('info' in entry) yield* clear(invocation, entry.info);
  }
  for (const entry of entries) {
    if ('error' in entry) {
      errors.push(entry.error);
      continue;
    }
    yield* invocation.answers();
    try {
      const object = replaceOne(invocation, entry.info, dryRun, ask);
      invocation.out(printer ? printer(object) : resultLine(object, 'replaced', dryRunSuffix(dryRun)));
    } catch (error) {
      errors.push(asError(error));
    }
  }
  throwAll(errors);
}

function replaceOne(invocation: Invocation, info: Info, dryRun: DryRun, ask: Ask): KubeObject {
  const { mapping, namespace, name } = info;
  const saved = invocation.flags.bool('save-config') || info.object.metadata.annotations?.[lastApplied] !== undefined;
  const body = saved ? withLastApplied(info.object) : info.object;
  if (dryRun === 'client') return body;
  const force = invocation.flags.bool('force');
  try {
    if (force) return invocation.request('create', mapping, { ...ask, namespace, body });
    // helper.Replace: without a resourceVersion of its own the object takes the live one's.
    const version = body.metadata.resourceVersion || versionOf(invocation, info);
    const sent = { ...body, metadata: { ...body.metadata, ...(version ? { resourceVersion: version } : {}) } };
    return invocation.request('update', mapping, { ...ask, namespace, name, body: sent });
  } catch (error) {
    throw withSource(force ? 'creating' : 'replacing', info.source, asError(error));
  }
}

/** The live object's version; none where there is no such object, which the server is left to say. */
function versionOf(invocation: Invocation, { mapping, namespace, name }: Info): string | undefined {
  try {
    return invocation.request('get', mapping, { namespace, name }).metadata.resourceVersion;
  } catch (error) {
    if (error instanceof StatusError) return undefined;
    throw error;
  }
}

/** `--force`: the object is deleted first, and gone before the new one is made. */
function* clear(invocation: Invocation, info: Info): Task<void> {
  const { mapping, namespace, name } = info;
  const grace = invocation.flags.number('grace-period');
  try {
    const old = invocation.request('get', mapping, { namespace, name });
    invocation.request('delete', mapping, {
      namespace,
      name,
      propagationPolicy: 'Background',
      ...(grace >= 0 ? { gracePeriodSeconds: grace } : {}),
    });
    const where = namespace === undefined ? '' : ` from ${namespace} namespace`;
    const type = mapping.group ? `${mapping.kind.toLowerCase()}.${mapping.group}` : mapping.kind.toLowerCase();
    invocation.out(`${type} "${name}" deleted${where}\n`);
    const limit = invocation.flags.number('timeout');
    yield* waitForDeletion(invocation, info, old.metadata.uid, limit > 0 ? limit : undefined);
  } catch (error) {
    if (!isReason(error, 'NotFound')) throw error;
  }
}
