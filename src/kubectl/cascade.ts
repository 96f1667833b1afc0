import { KubectlError } from './errors';
import { boolOf } from './flags/parse-value';
import type { Invocation } from './invocation';

/** What `--cascade` says. Upstream: kubectl/pkg/cmd/delete/delete_flags.go `parseCascadingFlag`. Throws for another word. */
export function propagationOf(invocation: Invocation): 'Background' | 'Foreground' | 'Orphan' {
  const cascade = invocation.flags.string('cascade');
  const deprecated = (word: string) =>
    invocation.err(
      `warning: --cascade=${cascade} is deprecated (boolean value) and can be replaced with --cascade=${word}.\n`,
    );
  switch (cascade) {
    case 'background':
      return 'Background';
    case 'foreground':
      return 'Foreground';
    case 'orphan':
      return 'Orphan';
  }
  const yes = boolOf(cascade);
  if (yes === undefined) {
    throw new KubectlError(`invalid cascade value (${cascade}). Must be "background", "foreground", or "orphan"`);
  }
  deprecated(yes ? 'background' : 'orphan');
  return yes ? 'Background' : 'Orphan';
}
