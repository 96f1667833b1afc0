// Upstream: plugin/pkg/admission/serviceaccount/admission.go
import type { Container, Pod, Volume } from '../../api/generated/core-v1';
import { pathSegmentName } from '../../api/meta/names';
import type { AdmissionContext, AdmissionPlugin } from '../chain';
import { createdPod } from '../pod-of';
import { forbiddenBy } from '../refusal';

const tokenPath = '/var/run/secrets/kubernetes.io/serviceaccount';
const volumePrefix = 'kube-api-access-';
const mirrorAnnotation = 'kubernetes.io/config.mirror';
/** An hour, and seven seconds by which kubelets know a token they may renew. */
const tokenSeconds = 60 * 60 + 7;

/** Gives every Pod a service account, its pull secrets, and a volume with its token. */
export const serviceAccount: AdmissionPlugin = {
  name: 'ServiceAccount',
  admit(attributes, context) {
    const pod = createdPod(attributes);
    if (!pod || isMirror(pod)) return undefined;
    const { spec } = pod;
    const name = spec.serviceAccountName || 'default';
    spec.serviceAccountName = name;
    spec.serviceAccount = name;
    const namespace = attributes.namespace ?? '';
    const account = context.reader.get('serviceaccounts', namespace, name);
    if (!account) {
      return forbiddenBy(attributes, `error looking up service account ${namespace}/${name}: ${lookupFailure(name)}`);
    }
    if (spec.automountServiceAccountToken ?? account.automountServiceAccountToken ?? true) mountToken(pod, context);
    if (!spec.imagePullSecrets?.length && account.imagePullSecrets?.length) {
      spec.imagePullSecrets = structuredClone(account.imagePullSecrets);
    }
    return undefined;
  },
};

/** A name that cannot stand in a path is not even asked for. Upstream: client-go rest/request.go `Name` */
function lookupFailure(name: string): string {
  const wrong = pathSegmentName(name);
  if (wrong.length > 0) return `invalid resource name "${name}": [${wrong.join(' ')}]`;
  return `serviceaccount "${name}" not found`;
}

function isMirror({ metadata }: Pod): boolean {
  return metadata.annotations?.[mirrorAnnotation] !== undefined;
}

/** Mounts the token where no container has anything at its path yet. */
function mountToken({ metadata, spec }: Pod, context: AdmissionContext): void {
  const volumes = spec.volumes ?? [];
  const existing = volumes.find((volume) => volume.name.startsWith(volumePrefix));
  const key = `${volumePrefix}${metadata.namespace ?? ''}/${metadata.name || metadata.generateName || ''}`;
  const name = existing?.name ?? volumePrefix + context.randomSuffix(key);
  let needed = false;
  for (const container of [...(spec.initContainers ?? []), ...(spec.containers ?? [])]) {
    if (mountInto(container, name)) needed = true;
  }
  if (needed && !existing) spec.volumes = [...volumes, tokenVolume(name)];
}

function mountInto(container: Container, name: string): boolean {
  const mounts = container.volumeMounts ?? [];
  if (mounts.some((mount) => mount.mountPath === tokenPath)) return false;
  container.volumeMounts = [...mounts, { name, readOnly: true, mountPath: tokenPath }];
  return true;
}

function tokenVolume(name: string): Volume {
  return {
    name,
    projected: {
      defaultMode: 0o644,
      sources: [
        { serviceAccountToken: { expirationSeconds: tokenSeconds, path: 'token' } },
        { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
        {
          downwardAPI: {
            items: [{ path: 'namespace', fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' } }],
          },
        },
      ],
    },
  };
}
