import type { Task } from '@/kubernetes/clock/task';
import type { CommandDefinition } from '../command-tree';
import { KubectlError } from '../errors';
import { bool, int, string } from '../flags/flag';
import { podNamed } from './exec';

interface FileSpec {
  readonly pod: string;
  readonly file: string;
}

/** `[[namespace/]pod:]path`. Upstream: kubectl/pkg/cmd/cp/cp.go `extractFileSpec`. Throws for another form. */
function fileSpec(text: string): FileSpec {
  const colon = text.indexOf(':');
  if (colon < 0) return { pod: '', file: text };
  const pod = text.slice(0, colon);
  if (colon === 0 || pod.split('/').length > 2) {
    throw new KubectlError('filespec must match the canonical format: [[namespace/]pod:]file/path');
  }
  return { pod: pod.split('/').pop() ?? '', file: text.slice(colon + 1) };
}

/** Words and Pods are judged as upstream does; copying itself is not simulated. Upstream: kubectl/pkg/cmd/cp/cp.go. */
export const cp: CommandDefinition = {
  name: 'cp',
  short: 'Copy files and directories to and from containers',
  flags: [string('container', 'c'), bool('no-preserve'), int('retries')],
  *run(invocation): Task<void> {
    const [from, to, more] = invocation.args;
    if (from === undefined || to === undefined || more !== undefined) {
      throw new KubectlError('source and destination are required');
    }
    const [source, target] = [fileSpec(from), fileSpec(to)];
    if (source.pod !== '' && target.pod !== '') {
      throw new KubectlError('one of src or dest must be a local file specification');
    }
    if (source.file === '' || target.file === '') throw new KubectlError('filepath can not be empty');
    if (source.pod === '' && target.pod === '') {
      throw new KubectlError('one of src or dest must be a remote file specification');
    }
    const { files } = invocation.context;
    const missing = files.read(source.file) === undefined && files.list(source.file) === undefined;
    if (source.pod === '' && missing) throw new KubectlError(`${source.file} doesn't exist in local filesystem`);
    const pod = yield* podNamed(invocation, source.pod || target.pod);
    if (!pod.spec.nodeName) {
      // pkg/registry/core/pod/strategy.go `streamLocation`
      throw new KubectlError(`unable to upgrade connection: pod ${pod.metadata.name} does not have a host assigned`);
    }
    throw new KubectlError('cp is not simulated: containers here have only the files their programs need');
  },
};
