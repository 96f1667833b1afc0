import type { KubeObject } from '@/kubernetes/api/object';
import type { Task } from '@/kubernetes/clock/task';
import { lastApplied, withLastApplied, withoutNulls } from '../apply/last-applied';
import { infoText, patchFor, sendPatch } from '../apply/patcher';
import { allowedKinds, prune } from '../apply/prune';
import { propagationOf } from '../cascade';
import type { CommandDefinition } from '../command-tree';
import { KubectlError, isReason, throwAll, withSource } from '../errors';
import { array, bool, duration, int, slice, string } from '../flags/flag';
import {
  dryRunFlag,
  fieldManagerFlag,
  filenameFlags,
  printFlags,
  selectorFlag,
  validateFlag,
} from '../flags/global-flags';
import type { Ask, Invocation } from '../invocation';
import { type DryRun, dryRunOf, dryRunSuffix, validationOf } from '../options';
import type { ObjectPrinter } from '../output/object-printer';
import { printerOf, resultLine } from '../output/printer';
import { asError, errorsOf, fileEntries, hasFiles, infosOf } from '../resource/builder';
import type { Info } from '../resource/info';
import { matchesSelector } from '../resource/selector';
import { editLastApplied, setLastApplied, viewLastApplied } from './apply-last-applied';

const clientManager = 'kubectl-client-side-apply';

/** Upstream: kubectl/pkg/cmd/apply/apply.go. */
export const apply: CommandDefinition = {
  name: 'apply',
  short: 'Apply a configuration to a resource by file name or stdin',
  flags: [
    ...filenameFlags,
    ...printFlags,
    dryRunFlag,
    validateFlag,
    selectorFlag,
    fieldManagerFlag(clientManager),
    bool('server-side'),
    bool('force-conflicts'),
    bool('force'),
    bool('overwrite', undefined, true),
    bool('openapi-patch', undefined, true),
    bool('prune'),
    array('prune-allowlist'),
    bool('all'),
    bool('wait'),
    string('cascade', undefined, 'background', 'background'),
    int('grace-period', -1),
    duration('timeout'),
    string('subresource'),
    slice('prune-whitelist'),
  ],
  commands: [viewLastApplied, setLastApplied, editLastApplied],
  run,
};

interface Options {
  readonly dryRun: DryRun;
  readonly printer: ObjectPrinter | undefined;
  readonly ask: Ask;
  readonly visited: Set<string>;
}

function* run(invocation: Invocation): Task<void> {
  const { flags } = invocation;
  if (flags.args.length > 0) throw invocation.usage(`Unexpected args: [${flags.args.join(' ')}]`);
  propagationOf(invocation);
  const dryRun = dryRunOf(invocation);
  const printer = printerOf(invocation);
  const fieldValidation = validationOf(invocation);
  if (!hasFiles(invocation)) throw new KubectlError('must specify one of -f and -k');
  checkCombinations(invocation, dryRun);
  const entries = fileEntries(invocation, { validate: fieldValidation !== 'Ignore' });
  const infos = infosOf(entries).filter((info) => matchesSelector(info.object, flags.string('selector')));
  const unread = errorsOf(entries);
  if (infos.length === 0 && unread.length === 0) throw new KubectlError('no objects passed to apply');
  const options: Options = {
    dryRun,
    printer,
    visited: new Set(),
    ask: {
      fieldValidation,
      fieldManager: flags.string('field-manager'),
      ...(dryRun === 'server' ? { dryRun: true } : {}),
      ...(flags.string('subresource') === '' ? {} : { subresource: flags.string('subresource') }),
    },
  };
  const errors: Error[] = unread.length > 0 ? [joined(unread)] : [];
  for (const info of infos) {
    yield* invocation.answers();
    try {
      yield* applyOne(invocation, info, options);
    } catch (error) {
      errors.push(asError(error));
    }
  }
  throwAll(errors);
  if (flags.bool('prune')) prune(invocation, options);
}

function joined(errors: readonly Error[]): Error {
  try {
    throwAll(errors);
  } catch (error) {
    return error instanceof Error ? error : new KubectlError(String(error));
  }
  return new KubectlError('');
}

function checkCombinations(invocation: Invocation, dryRun: DryRun): void {
  const { flags } = invocation;
  const serverSide = flags.bool('server-side');
  if (flags.bool('force-conflicts') && !serverSide)
    throw new KubectlError('--force-conflicts only works with --server-side');
  if (dryRun === 'client' && serverSide) {
    throw new KubectlError("--dry-run=client doesn't work with --server-side (did you mean --dry-run=server instead?)");
  }
  if (flags.bool('force') && serverSide) throw new KubectlError('--force cannot be used with --server-side');
  if (flags.bool('force') && dryRun === 'server')
    throw new KubectlError('--dry-run=server cannot be used with --force');
  if (flags.string('subresource') !== '' && !serverSide) {
    throw new KubectlError('--subresource can only be specified for --server-side');
  }
  if (!flags.bool('prune')) return;
  allowedKinds(invocation);
  const selector = flags.string('selector');
  if (flags.bool('all') && selector !== '') throw new KubectlError('cannot set --all and --selector at the same time');
  if (!flags.bool('all') && selector === '') {
    throw new KubectlError(
      'all resources selected for prune without explicitly passing --all. To prune all resources, pass the --all flag. If you did not mean to prune all resources, specify a label selector',
    );
  }
}

function* applyOne(invocation: Invocation, info: Info, options: Options): Task<void> {
  const { mapping, namespace, name, source } = info;
  const { generateName } = info.object.metadata;
  if (name === '' && generateName) throw new KubectlError(`from ${generateName}: cannot use generate name with apply`);
  if (invocation.flags.bool('server-side')) {
    const object = applyServerSide(invocation, info, options);
    report(invocation, options, info, object, 'serverside-applied');
    return;
  }
  let live: KubeObject;
  try {
    live = invocation.request('get', mapping, { namespace, name });
  } catch (error) {
    if (!isReason(error, 'NotFound')) {
      throw withSource(
        `retrieving current configuration of:\n${infoText(info)}\nfrom server for:`,
        source,
        asError(error),
      );
    }
    report(invocation, options, info, create(invocation, info, options), 'created');
    return;
  }
  if (options.dryRun === 'client') {
    const unchanged =
      invocation.facts.comparesOnClientDryRun && Object.keys(patchFor(invocation, info, live)).length === 0;
    report(invocation, options, info, live, unchanged ? 'unchanged' : 'configured');
    return;
  }
  if (live.metadata.annotations?.[lastApplied] === undefined) {
    invocation.err(
      `Warning: resource ${mapping.plural}/${name} is missing the ${lastApplied} annotation which is required by kubectl apply. kubectl apply should only be used on resources created declaratively by either kubectl create --save-config or kubectl apply. The missing annotation will be patched automatically.\n`,
    );
  }
  const { patch, object } = yield* sendPatch(invocation, info, live, options.ask, invocation.flags.bool('force'));
  if (object.metadata.deletionTimestamp) {
    invocation.err(`Warning: Detected changes to resource ${name} which is currently being deleted.\n`);
  }
  report(invocation, options, info, object, Object.keys(patch).length === 0 ? 'unchanged' : 'configured');
}

function create(invocation: Invocation, info: Info, { dryRun, ask }: Options): KubeObject {
  const body = withoutNulls(withLastApplied(info.object));
  if (dryRun === 'client') return body;
  try {
    return invocation.request('create', info.mapping, { ...ask, namespace: info.namespace, body });
  } catch (error) {
    throw withSource('creating', info.source, asError(error));
  }
}

function applyServerSide(invocation: Invocation, info: Info, { ask }: Options): KubeObject {
  const { flags } = invocation;
  const { mapping, namespace, name } = info;
  try {
    return invocation.request('patch', mapping, {
      ...ask,
      namespace,
      name,
      body: info.object,
      patchType: 'apply',
      fieldManager: flags.changed('field-manager') ? flags.string('field-manager') : 'kubectl',
      force: flags.bool('force-conflicts'),
    });
  } catch (error) {
    if (!isReason(error, 'Conflict')) throw error;
    throw new KubectlError(`${error.message}
Please review the fields above--they currently have other managers. Here
are the ways you can resolve this warning:
* If you intend to manage all of these fields, please re-run the apply
  command with the \`--force-conflicts\` flag.
* If you do not intend to manage all of the fields, please edit your
  manifest to remove references to the fields that should keep their
  current managers.
* You may co-own fields by updating your manifest to match the existing
  value; in this case, you'll become the manager if the other manager(s)
  stop managing the field (remove it from their configuration).
See https://kubernetes.io/docs/reference/using-api/server-side-apply/#conflicts`);
  }
}

function report(invocation: Invocation, options: Options, info: Info, object: KubeObject, operation: string): void {
  options.visited.add(object.metadata.uid);
  if (options.printer) {
    invocation.out(options.printer(object));
    return;
  }
  const named = { ...object, kind: info.mapping.kind, metadata: { ...object.metadata, name: info.name } };
  invocation.out(resultLine(named, operation, dryRunSuffix(options.dryRun)));
}
