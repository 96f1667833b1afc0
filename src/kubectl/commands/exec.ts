import type { Pod } from '@/kubernetes/api/generated/core-v1';
import { badRequest } from '@/kubernetes/apiserver/status';
import type { Task } from '@/kubernetes/clock/task';
import type { CommandDefinition } from '../command-tree';
import { Exit, KubectlError, StatusError } from '../errors';
import { bool, duration, string } from '../flags/flag';
import { filenameFlags } from '../flags/global-flags';
import type { Invocation } from '../invocation';
import { dialKubelet } from '../kubelet-dial';
import { chooseContainer } from '../pods/containers';
import { bestFirst, podsOf } from '../pods/of-object';
import { getObject, infoOf } from '../resource/info';
import { mappingFor } from '../resource/mapping';

/** Upstream: kubectl/pkg/cmd/exec/exec.go. */
export const exec: CommandDefinition = {
  name: 'exec',
  short: 'Execute a command in a container',
  flags: [
    ...filenameFlags,
    string('container', 'c'),
    bool('stdin', 'i'),
    bool('tty', 't'),
    bool('quiet', 'q'),
    duration('pod-running-timeout', 60_000),
  ],
  *run(invocation): Task<number> {
    const { flags } = invocation;
    const { args, argsBeforeDash } = flags;
    if (args.length > 0 && argsBeforeDash === undefined && args.length > 1) {
      throw invocation.usage('exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead');
    }
    if (args.length === 0 || argsBeforeDash === 0) {
      throw new KubectlError('pod, type/name or --filename must be specified');
    }
    const argv = args.slice(1);
    if (argv.length === 0) throw new KubectlError('you must specify at least one command for the container');
    const pod = yield* podNamed(invocation, args[0] ?? '');
    return yield* execIn(
      invocation,
      pod,
      chooseContainer(invocation, pod, flags.string('container'), flags.bool('quiet')),
      argv,
    );
  },
};

/** The Pod that `NAME` or `TYPE/NAME` means. Upstream: polymorphichelpers `AttachablePodForObject`. */
export function* podNamed(invocation: Invocation, word: string): Task<Pod> {
  const [type = 'pods', name = ''] = word.includes('/') ? word.split('/') : ['pods', word];
  const mapping = mappingFor(type, invocation.minor);
  const object = getObject(invocation, mapping, { namespace: invocation.namespace, name });
  const [pod] = bestFirst(yield* podsOf(invocation, infoOf(mapping, object)), false);
  if (!pod) throw new KubectlError(`no pods found for ${word}`);
  return pod;
}

/** Runs a program in a container, as the kubelet's door says. Throws where it cannot. */
function* execIn(invocation: Invocation, pod: Pod, container: string, argv: readonly string[]): Task<number> {
  const { context, flags } = invocation;
  const { name, namespace = 'default' } = pod.metadata;
  const {
    phase = '',
    containerStatuses = [],
    initContainerStatuses = [],
    ephemeralContainerStatuses = [],
  } = pod.status;
  if (phase === 'Succeeded' || phase === 'Failed') {
    throw new KubectlError(`cannot exec into a container in a completed pod; current phase is ${phase}`);
  }
  if (!pod.spec.nodeName) {
    // pkg/registry/core/pod/strategy.go `streamLocation`
    const refused = badRequest(`pod ${name} does not have a host assigned`);
    if (invocation.facts.readsRefusedUpgrade) throw new StatusError(refused);
    throw new KubectlError(`unable to upgrade connection: ${refused.message ?? ''}`);
  }
  const statuses = [...containerStatuses, ...initContainerStatuses, ...ephemeralContainerStatuses];
  if (!statuses.find((one) => one.name === container)?.state?.running) {
    throw new KubectlError(`unable to upgrade connection: container not found ("${container}")`);
  }
  const fault = yield* dialKubelet(context.cluster, pod.spec.nodeName);
  if (fault) {
    // client-go/tools/remotecommand, through pkg/apiserver's stream translator
    const streams = [
      ...argv.map((word) => ['command', word]),
      ['error', '1'],
      ...(flags.has('stdin') && flags.bool('stdin') ? [['input', '1']] : []),
      ['output', '1'],
    ];
    const url = `https://${fault.address}/exec/${namespace}/${name}/${container}?${new URLSearchParams(streams).toString()}`;
    throw new KubectlError(`Internal error occurred: error sending request: Post "${url}": ${fault.text}`);
  }
  if (!context.exec) throw new KubectlError('no program can be run in a container from this place');
  const code = yield* context.exec({
    namespace,
    pod: name,
    container,
    argv,
    stdin: flags.has('stdin') && flags.bool('stdin') ? context.stdin : '',
    stdout: context.stdout,
    stderr: context.stderr,
  });
  if (code !== 0) throw new Exit(code, `command terminated with exit code ${code}`);
  return code;
}
