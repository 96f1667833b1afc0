import { calendar, two } from '@/kubernetes/clock/calendar';
import type { FieldValidation } from '@/kubernetes/apiserver/decode/read-body';
import { KubectlError } from './errors';
import type { Invocation } from './invocation';

export type DryRun = 'none' | 'client' | 'server';

/** What `--dry-run` says. Upstream: kubectl/pkg/cmd/util/helpers.go `GetDryRunStrategy`. Throws for another word. */
export function dryRunOf(invocation: Invocation): DryRun {
  const word = invocation.flags.string('dry-run');
  if (word === 'none' || word === 'client' || word === 'server') return word;
  const [none, yes, no] = invocation.facts.dryRunLines;
  if (word === 'unchanged') {
    logWarning(invocation, `helpers.go:${none}`, '--dry-run is deprecated and can be replaced with --dry-run=client.');
    return 'client';
  }
  if (/^(?:1|t|T|TRUE|true|True)$/.test(word)) {
    const text = `--dry-run=${word} is deprecated (boolean value) and can be replaced with --dry-run=client.`;
    logWarning(invocation, `helpers.go:${yes}`, text);
    return 'client';
  }
  if (/^(?:0|f|F|FALSE|false|False)$/.test(word)) {
    const text = `--dry-run=${word} is deprecated (boolean value) and can be replaced with --dry-run=none.`;
    logWarning(invocation, `helpers.go:${no}`, text);
    return 'none';
  }
  throw new KubectlError(`Invalid dry-run value (${word}). Must be "none", "server", or "client".`);
}

/** Flags that are read but do nothing here are refused by name. */
export function refuseFlags(invocation: Invocation, ...names: readonly string[]): void {
  const given = names.find((name) => invocation.flags.changed(name));
  if (given !== undefined) throw new KubectlError(`--${given} is not simulated`);
}

/** What result lines end with. */
export function dryRunSuffix(dryRun: DryRun): string {
  return dryRun === 'client' ? ' (dry run)' : dryRun === 'server' ? ' (server dry run)' : '';
}

/** A line as klog writes it to stderr. `W1121 08:29:10.699685   12060 helpers.go:719] …` */
export function logWarning(invocation: Invocation, source: string, text: string): void {
  const time = calendar(invocation.now);
  const date = `${two(time.month)}${two(time.day)}`;
  const clock = `${two(time.hour)}:${two(time.minute)}:${two(time.second)}.${String(time.millisecond).padStart(3, '0')}000`;
  invocation.err(`W${date} ${clock}       1 ${source}] ${text}\n`);
}

/** What `--validate` says. Upstream: helpers.go `GetValidationDirective`. Throws for another word. */
export function validationOf(invocation: Invocation): FieldValidation {
  const word = invocation.flags.string('validate');
  switch (word) {
    case 'true':
    case 'strict':
      return 'Strict';
    case 'warn':
      return 'Warn';
    case 'false':
    case 'ignore':
      return 'Ignore';
  }
  throw new KubectlError(
    `invalid - validate option "${word}"; must be one of: strict (or true), warn, ignore (or false)`,
  );
}
