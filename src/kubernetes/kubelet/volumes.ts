import type { Container, DownwardAPIVolumeFile, Pod, Volume } from '../api/generated/core-v1';
import type { Client } from '../apiserver/client';
import { resourceFieldValue } from '../api/core/resource-field';
import { decodeBase64, fieldValue, nodeAllocatable, type PodFacts } from './environment';
import { hostPathError, type HostPaths } from './host-path';

/** A volume that cannot be set up yet: `MountVolume.SetUp failed for volume "x" : configmap "x" not found`. */
export interface MountFailure {
  readonly volume: string;
  readonly error: string;
}

interface Item {
  readonly key: string;
  readonly path: string;
}

type Files = Readonly<Record<string, string>>;
/** Its files are made when somebody reads them: most often it is only asked whether there is an error. */
type Content = { readonly files: () => Files } | { readonly error: string };

/**
 * The volumes of a Pod that are not there. One that no container mounts is never set up, so nothing is missing in it.
 * Upstream: pkg/volume/{configmap,secret,projected}, pkg/volume/util/util.go `GetPodVolumeNames`.
 */
export function mountFailures(client: Client, pod: Pod, facts: PodFacts, files: HostPaths): MountFailure[] {
  const { containers, initContainers = [], ephemeralContainers = [], volumes = [] } = pod.spec;
  const all = [...containers, ...initContainers, ...ephemeralContainers];
  const mounted = new Set(all.flatMap(({ volumeMounts = [] }) => volumeMounts.map(({ name }) => name)));
  return volumes.flatMap((volume) => {
    if (!mounted.has(volume.name)) return [];
    const content = contentOf(client, pod, volume, facts);
    const error = 'error' in content ? content.error : volume.hostPath && hostPathError(volume.hostPath, files);
    return error === undefined ? [] : [{ volume: volume.name, error }];
  });
}

/** The files that a container's mounts put into it, by absolute path. Volumes of other kinds are empty folders. */
export function mountedFiles(client: Client, pod: Pod, container: Container, facts: PodFacts): Map<string, string> {
  const result = new Map<string, string>();
  for (const { name, mountPath, subPath } of container.volumeMounts ?? []) {
    const volume = pod.spec.volumes?.find((one) => one.name === name);
    const content = volume && contentOf(client, pod, volume, facts);
    if (!content || 'error' in content) continue;
    for (const [path, text] of Object.entries(content.files())) {
      if (subPath === undefined) result.set(`${mountPath}/${path}`, text);
      else if (path === subPath) result.set(mountPath, text);
    }
  }
  return result;
}

function contentOf(client: Client, pod: Pod, volume: Volume, facts: PodFacts): Content {
  const namespace = pod.metadata.namespace ?? 'default';
  const { configMap, secret, projected, downwardAPI } = volume;
  if (configMap) return keys(mapData(client, namespace, configMap.name, configMap.optional), configMap, noConfigKey);
  if (secret) return keys(secretData(client, namespace, secret.secretName, secret.optional), secret, noSecretKey);
  if (downwardAPI) return { files: () => downward(client, pod, downwardAPI.items ?? [], facts) };
  if (!projected) return empty;
  const parts: (() => Files)[] = [];
  const errors: string[] = [];
  for (const source of projected.sources ?? []) {
    const part: Content = source.configMap
      ? optionalRootCertificate(
          keys(
            mapData(client, namespace, source.configMap.name, source.configMap.optional),
            source.configMap,
            noConfigKey,
          ),
          source.configMap.name,
        )
      : source.secret
        ? keys(secretData(client, namespace, source.secret.name, source.secret.optional), source.secret, noSecretKey)
        : source.downwardAPI
          ? { files: () => downward(client, pod, source.downwardAPI?.items ?? [], facts) }
          : source.serviceAccountToken
            ? tokenFile(source.serviceAccountToken.path)
            : empty;
    if ('error' in part) errors.push(part.error);
    else parts.push(part.files);
  }
  // apimachinery/pkg/util/errors `aggregate.Error`
  if (errors.length > 0)
    return { error: errors.length === 1 ? (errors[0] ?? '') : `[${[...new Set(errors)].join(', ')}]` };
  return { files: () => Object.fromEntries(parts.flatMap((files) => Object.entries(files()))) };
}

/** No API server here would take a token, so there is only the file. */
function tokenFile(path: string): Content {
  return { files: () => ({ [path]: 'The token of a ServiceAccount is not simulated.' }) };
}

const empty: Content = { files: () => ({}) };

/** Every namespace has it within moments of its creation; nothing in this cluster publishes it as an object. */
function optionalRootCertificate(content: Content, name: string | undefined): Content {
  return 'error' in content && name === 'kube-root-ca.crt' ? empty : content;
}

function mapData(client: Client, namespace: string, name = '', optional?: boolean): Content {
  const found = client.get('configmaps', namespace, name);
  return found || optional ? { files: () => found?.data ?? {} } : { error: `configmap "${name}" not found` };
}

function secretData(client: Client, namespace: string, name = '', optional?: boolean): Content {
  const found = client.get('secrets', namespace, name);
  if (!found && !optional) return { error: `secret "${name}" not found` };
  const entries = () => Object.entries(found?.data ?? {}).map(([key, value]) => [key, decodeBase64(value)] as const);
  return { files: () => Object.fromEntries(entries()) };
}

// pkg/volume/configmap/configmap.go, pkg/volume/secret/secret.go `MakePayload`
const noConfigKey = 'configmap references non-existent config key';
const noSecretKey = 'references non-existent secret key';

function keys(
  content: Content,
  { items, optional }: { readonly items?: readonly Item[]; readonly optional?: boolean },
  missing: string,
): Content {
  if ('error' in content || !items) return content;
  const all = content.files();
  const files: Record<string, string> = {};
  for (const { key, path } of items) {
    const text = all[key];
    if (text === undefined && !optional) return { error: `${missing}: ${key}` };
    if (text !== undefined) files[path] = text;
  }
  return { files: () => files };
}

function downward(client: Client, pod: Pod, items: readonly DownwardAPIVolumeFile[], facts: PodFacts): Files {
  return Object.fromEntries(
    items.flatMap(({ path, fieldRef, resourceFieldRef }) => {
      if (fieldRef) return [[path, fieldValue(pod, fieldRef.fieldPath, facts)]];
      const container = pod.spec.containers.find(({ name }) => name === resourceFieldRef?.containerName);
      if (!container || !resourceFieldRef) return [];
      return [[path, resourceFieldValue(container, resourceFieldRef, nodeAllocatable(client, pod)) ?? '']];
    }),
  );
}
