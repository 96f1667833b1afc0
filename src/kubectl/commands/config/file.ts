import { deepEqual } from '@/kubernetes/api/object';
import { KubectlError } from '../../errors';
import type { Invocation } from '../../invocation';
import { type Kubeconfig, kubeconfigFile, kubeconfigPath, readKubeconfig, writeKubeconfig } from '../../kubeconfig';

const explicit = ({ flags }: Invocation) => flags.string('kubeconfig');

export function configOf(invocation: Invocation): Kubeconfig {
  return readKubeconfig(invocation.context, explicit(invocation));
}

/** The file as messages name it. */
export function pathOf(invocation: Invocation): string {
  return kubeconfigPath(invocation.context, explicit(invocation));
}

/** Upstream: client-go/tools/clientcmd/config.go `ModifyConfig`: what is already so is not written again. */
export function save(invocation: Invocation, config: Kubeconfig): void {
  if (deepEqual(kubeconfigFile(configOf(invocation)), kubeconfigFile(config))) return;
  writeKubeconfig(invocation.context, explicit(invocation), config);
}

/** Prints the command's help, then fails. Upstream: config/config.go `helpErrorf`. */
export function unexpectedArgs(invocation: Invocation, word = 'Unexpected'): KubectlError {
  invocation.out(invocation.help());
  return new KubectlError(`${word} args: [${invocation.args.join(' ')}]`);
}
