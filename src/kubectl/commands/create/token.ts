import { findResource } from '@/kubernetes/api/registry';
import type { Task } from '@/kubernetes/clock/task';
import type { CommandDefinition } from '../../command-tree';
import { KubectlError } from '../../errors';
import { array, duration, string } from '../../flags/flag';
import { printFlags } from '../../flags/global-flags';
import type { Invocation } from '../../invocation';
import { asError } from '../../resource/builder';
import { nameOf } from './generator';

const boundKinds = ['Node', 'Pod', 'Secret'];

/** Upstream: create_token.go `Validate`. */
function checkBinding({ flags }: Invocation): void {
  if (flags.number('duration') < 0) throw new KubectlError('--duration must be greater than or equal to 0');
  const kind = flags.string('bound-object-kind');
  const name = flags.string('bound-object-name');
  const uid = flags.string('bound-object-uid');
  if (kind === '') {
    if (name !== '') throw new KubectlError('--bound-object-name can only be set if --bound-object-kind is provided');
    if (uid !== '') throw new KubectlError('--bound-object-uid can only be set if --bound-object-kind is provided');
    return;
  }
  if (!boundKinds.includes(kind)) {
    throw new KubectlError(`supported --bound-object-kind values are ${boundKinds.join(', ')}`);
  }
  if (name === '') throw new KubectlError('--bound-object-name is required if --bound-object-kind is provided');
}

/** Upstream: kubectl/pkg/cmd/create/create_token.go. Tokens themselves are not simulated. */
export const token: CommandDefinition = {
  name: 'token',
  short: 'Request a service account token',
  flags: [
    duration('duration'),
    array('audience'),
    string('bound-object-kind'),
    string('bound-object-name'),
    string('bound-object-uid'),
    ...printFlags,
  ],
  *run(invocation): Task<void> {
    const name = nameOf(invocation, false);
    checkBinding(invocation);
    const mapping = findResource('serviceaccounts', '');
    if (!mapping) return;
    const seconds = Math.floor(invocation.flags.number('duration') / 1000);
    try {
      invocation.request('get', mapping, { namespace: invocation.namespace, name });
    } catch (error) {
      throw new KubectlError(`failed to create token: ${asError(error).message}`);
    }
    if (invocation.flags.changed('duration') && seconds < 600) {
      throw new KubectlError(
        `failed to create token: TokenRequest.authentication.k8s.io "" is invalid: spec.expirationSeconds: Invalid value: ${seconds}: may not specify a duration less than 10 minutes`,
      );
    }
    throw new KubectlError('this simulation issues no tokens: nobody here would check them');
  },
};
