import type { Invocation } from '../invocation';
import { hasFiles } from './builder';

/**
 * Whether the command line can only mean one object (`pod web`, `pod/web`, one file): such an object is printed as
 * itself, not as part of a list. Upstream: cli-runtime/pkg/resource/builder.go `singleItemImplied`.
 */
export function isSingleItem(invocation: Invocation, words: readonly string[] = invocation.args): boolean {
  const { flags, context } = invocation;
  if (hasFiles(invocation)) {
    const [file = '', ...others] = flags.list('filename');
    return others.length === 0 && file !== '-' && context.files.list(file) === undefined;
  }
  const [first = '', ...names] = words;
  if (first.includes('/')) return names.length === 0;
  return names.length === 1 && !first.includes(',');
}
