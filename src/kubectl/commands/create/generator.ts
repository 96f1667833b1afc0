import type { JsonObject, KubeObject } from '@/kubernetes/api/object';
import { resourceOf } from '@/kubernetes/api/registry';
import type { Task } from '@/kubernetes/clock/task';
import { withTypedLastApplied } from '../../apply/last-applied';
import type { CommandDefinition } from '../../command-tree';
import { KubectlError, isReason } from '../../errors';
import type { Flag } from '../../flags/flag';
import { bool } from '../../flags/flag';
import { dryRunFlag, fieldManagerFlag, printFlags, validateFlag } from '../../flags/global-flags';
import type { Invocation } from '../../invocation';
import { dryRunOf, dryRunSuffix, validationOf } from '../../options';
import { printerOf, resultLine } from '../../output/printer';
import { asError } from '../../resource/builder';

/** An object that a generator made: what a typed object of Go prints, without the fields the server adds. */
export type Made = JsonObject & { apiVersion: string; kind: string; metadata: JsonObject & { name: string } };

/** A `kubectl create TYPE`. */
export interface Generator {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly short: string;
  readonly flags?: readonly Flag[];
  readonly required?: readonly string[];
  /** What stands before the server's refusal; without one the refusal is printed as it is. */
  readonly failure?: string;
  /** Words after the name are allowed (a command after `--`). */
  readonly extraArgs?: boolean;
  /** The kind has a namespace of its own: with `--namespace` it is written into the object. */
  readonly make: (name: string, invocation: Invocation) => Made;
}

/** The command of a generator. Upstream: kubectl/pkg/cmd/create/create_*.go. */
export function generatorCommand(generator: Generator): CommandDefinition {
  return {
    name: generator.name,
    short: generator.short,
    ...(generator.aliases ? { aliases: generator.aliases } : {}),
    ...(generator.required ? { required: generator.required } : {}),
    flags: [
      ...printFlags,
      dryRunFlag,
      validateFlag,
      fieldManagerFlag('kubectl-create'),
      bool('save-config'),
      ...(generator.flags ?? []),
    ],
    run: (invocation) => run(generator, invocation),
  };
}

function* run(generator: Generator, invocation: Invocation): Task<void> {
  const { flags } = invocation;
  const name = nameOf(invocation, generator.extraArgs ?? false);
  const dryRun = dryRunOf(invocation);
  const printer = printerOf(invocation, { typed: true });
  const fieldValidation = validationOf(invocation);
  const made = generator.make(name, invocation);
  const mapping = resourceOf(made);
  if (!mapping) throw new KubectlError(`no matches for kind "${made.kind}" in version "${made.apiVersion}"`);
  const metadata =
    mapping.namespaced && invocation.namespaceGiven
      ? { ...made.metadata, namespace: invocation.namespace }
      : made.metadata;
  // The server fills in the rest of the metadata.
  const draft = { ...made, metadata } as KubeObject;
  let object = flags.bool('save-config') ? withTypedLastApplied(draft, invocation.minor) : draft;
  if (dryRun !== 'client') {
    try {
      object = invocation.request('create', mapping, {
        namespace: mapping.namespaced ? invocation.namespace : undefined,
        body: object,
        fieldValidation,
        fieldManager: flags.string('field-manager'),
        ...(dryRun === 'server' ? { dryRun: true } : {}),
      });
    } catch (error) {
      if (generator.failure === undefined) throw error;
      throw new KubectlError(`${generator.failure}${asError(error).message}`);
    }
  }
  invocation.out(printer ? printer(object) : resultLine(object, 'created', dryRunSuffix(dryRun)));
}

/** Upstream: create.go `NameFromCommandArgs`. */
export function nameOf(invocation: Invocation, extraArgs: boolean): string {
  const { args, argsBeforeDash } = invocation.flags;
  const words = argsBeforeDash === undefined ? args.length : argsBeforeDash;
  const count = extraArgs ? words : args.length;
  if (count !== 1) throw invocation.usage(`exactly one NAME is required, got ${count}`);
  return args[0] ?? '';
}

/** Whether the server refused because the name is taken. */
export function isTaken(error: unknown): boolean {
  return isReason(error, 'AlreadyExists');
}
