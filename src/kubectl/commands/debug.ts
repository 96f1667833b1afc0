import { parseImageName } from '@/kubernetes/api/core/pod-spec/image-name';
import type { Pod } from '@/kubernetes/api/generated/core-v1';
import { findResource } from '@/kubernetes/api/registry';
import type { Task } from '@/kubernetes/clock/task';
import type { CommandDefinition } from '../command-tree';
import { KubectlError } from '../errors';
import { array, bool, string } from '../flags/flag';
import { filenameFlags } from '../flags/global-flags';
import type { Invocation } from '../invocation';
import { mappingFor } from '../resource/mapping';
import { typedAs } from '../resource/typed';

/** Upstream: kubectl/pkg/cmd/debug/debug.go. Copies of Pods (`--copy-to`) are not simulated. */
export const debug: CommandDefinition = {
  name: 'debug',
  short: 'Create debugging sessions for troubleshooting workloads and nodes',
  flags: [
    ...filenameFlags,
    string('image'),
    string('image-pull-policy'),
    string('container', 'c'),
    string('target'),
    string('copy-to'),
    { ...string('profile'), shown: "'general'" },
    string('custom'),
    array('env'),
    bool('stdin', 'i'),
    bool('tty', 't'),
    bool('attach'),
    bool('quiet', 'q'),
    bool('replace'),
    bool('same-node'),
    bool('share-processes', undefined, true),
    bool('keep-annotations'),
    bool('keep-init-containers', undefined, true),
    bool('keep-labels'),
    bool('keep-liveness'),
    bool('keep-readiness'),
    bool('keep-startup'),
    bool('arguments-only'),
    { ...string('set-image'), shown: '[]' },
  ],
  run,
};

const alphabet = 'bcdfghjklmnpqrstvwxz2456789';

function* run(invocation: Invocation): Task<void> {
  const { flags } = invocation;
  const [word, ...command] = flags.args;
  validate(invocation, command);
  if (word === undefined) throw new KubectlError('NAME or filename is required for debug');
  const profile = profileOf(invocation);
  if (profile === 'legacy') invocation.err(`${invocation.facts.legacyProfileWarning}\n`);
  const [type = 'pods', name = ''] = word.includes('/') ? word.split('/') : ['pods', word];
  const mapping = mappingFor(type, invocation.minor);
  const namespace = mapping.namespaced ? invocation.namespace : undefined;
  const object = invocation.request('get', mapping, { namespace, name });
  if (flags.string('copy-to') !== '') throw new KubectlError('debug --copy-to is not simulated');
  if (object.kind === 'Node') debugNode(invocation, object.metadata.name, command);
  else if (object.kind === 'Pod') debugPod(invocation, typedAs<Pod>(object), profile, command);
  else {
    const { group, version, kind } = mapping;
    throw new KubectlError(`"${group}/${version}, Kind=${kind}" not supported by debug`);
  }
  if (flags.bool('attach') || flags.bool('stdin')) {
    throw new KubectlError("attaching is not simulated: the container runs, see 'kubectl logs' and 'kubectl exec'");
  }
}

/** Upstream: debug.go `Validate`. */
function validate({ flags }: Invocation, command: readonly string[]): void {
  const image = flags.string('image');
  if (flags.string('copy-to') !== '') {
    if (image === '' && flags.string('set-image') === '' && command.length === 0) {
      throw new KubectlError('you must specify --image, --set-image or command arguments.');
    }
  } else {
    if (flags.bool('replace')) throw new KubectlError('--replace may only be used with --copy-to.');
    if (flags.bool('same-node')) throw new KubectlError('--same-node may only be used with --copy-to.');
    if (flags.string('set-image') !== '') throw new KubectlError('--set-image may only be used with --copy-to.');
    if (image === '') throw new KubectlError('you must specify --image when not using --copy-to.');
  }
  if (image !== '' && !parseImageName(image)) {
    throw new KubectlError(`invalid image name ${JSON.stringify(image)}: invalid reference format`);
  }
}

const profiles = ['legacy', 'general'] as const;
type Profile = (typeof profiles)[number];

/** What the container may do besides. Upstream: kubectl/pkg/cmd/debug/profiles.go */
function profileOf({ facts, flags }: Invocation): Profile {
  const word = flags.string('profile') || facts.debugProfile;
  const profile = profiles.find((one) => one === word);
  if (['baseline', 'netadmin', 'restricted', 'sysadmin'].includes(word)) {
    throw new KubectlError(`debug --profile=${word} is not simulated; ${profiles.join(' and ')} are`);
  }
  if (!profile) throw new KubectlError(`unknown profile: ${word}`);
  return profile;
}

function suffix(invocation: Invocation, key: string): string {
  const { random, clock } = invocation.context.cluster;
  return random.stream(`kubectl debug/${key}/${clock.now}`).text(5, alphabet);
}

function container(invocation: Invocation, name: string, command: readonly string[]) {
  const { flags } = invocation;
  return {
    name,
    image: flags.string('image'),
    imagePullPolicy: flags.string('image-pull-policy') || 'IfNotPresent',
    resources: {},
    terminationMessagePolicy: 'File',
    ...(command.length > 0 ? { [flags.bool('arguments-only') ? 'args' : 'command']: command } : {}),
    ...(flags.bool('stdin') ? { stdin: true } : {}),
    ...(flags.bool('tty') ? { tty: true } : {}),
  };
}

/** An ephemeral container beside those that run. Upstream: debug.go `debugByEphemeralContainer`. */
function debugPod(invocation: Invocation, pod: Pod, profile: Profile, command: readonly string[]): void {
  const { flags } = invocation;
  const mapping = findResource('pods', '');
  if (!mapping) return;
  const name = flags.string('container') || `debugger-${suffix(invocation, pod.metadata.name)}`;
  const target = flags.string('target');
  if (target !== '') {
    invocation.out(
      `Targeting container "${target}". If you don't see processes from this container it may be because the container runtime doesn't support this feature.\n`,
    );
  }
  if (flags.string('container') === '') invocation.out(`Defaulting debug container name to ${name}.\n`);
  const added = {
    ...container(invocation, name, command),
    ...(target ? { targetContainerName: target } : {}),
    ...(profile === 'general' ? { securityContext: { capabilities: { add: ['SYS_PTRACE'] } } } : {}),
  };
  invocation.request('patch', mapping, {
    namespace: pod.metadata.namespace,
    name: pod.metadata.name,
    subresource: 'ephemeralcontainers',
    patchType: 'strategic',
    body: { spec: { ephemeralContainers: [added] } },
  });
}

/** A Pod on the node's own namespaces, with its files under /host. Upstream: debug.go `generateNodeDebugPod`. */
function debugNode(invocation: Invocation, node: string, command: readonly string[]): void {
  const mapping = findResource('pods', '');
  if (!mapping) return;
  const name = `node-debugger-${node}-${suffix(invocation, node)}`;
  const label = invocation.flags.string('container') || 'debugger';
  if (!invocation.flags.bool('quiet')) {
    invocation.out(`Creating debugging pod ${name} with container ${label} on node ${node}.\n`);
  }
  invocation.request('create', mapping, {
    namespace: invocation.namespace,
    body: {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, labels: { 'app.kubernetes.io/managed-by': 'kubectl-debug' } },
      spec: {
        containers: [
          { ...container(invocation, label, command), volumeMounts: [{ mountPath: '/host', name: 'host-root' }] },
        ],
        hostIPC: true,
        hostNetwork: true,
        hostPID: true,
        nodeName: node,
        restartPolicy: 'Never',
        tolerations: [{ operator: 'Exists' }],
        volumes: [{ name: 'host-root', hostPath: { path: '/' } }],
      },
    },
  });
}
