import { KubectlError } from '../errors';
import type { Invocation } from '../invocation';
import type { DryRun } from '../options';
import { hasFiles } from './builder';

/**
 * What `--local` needs: files and nothing but files. Upstream: `Validate` of kubectl/pkg/cmd/label/label.go and
 * annotate/annotate.go, which name other example files (`pod`, `rsrc`).
 */
export function localFilesOnly(
  invocation: Invocation,
  words: readonly string[],
  dryRun: DryRun,
  example: 'pod' | 'rsrc',
): void {
  if (dryRun === 'server') {
    throw new KubectlError('cannot specify --local and --dry-run=server - did you mean --dry-run=client?');
  }
  if (words.length > 0) {
    throw new KubectlError(
      `can only use local files by -f ${example}.yaml or --filename=${example}.json when --local=true is set`,
    );
  }
  if (!hasFiles(invocation)) {
    throw new KubectlError(`one or more files must be specified as -f ${example}.yaml or --filename=${example}.json`);
  }
}
