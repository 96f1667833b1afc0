import type { Container, Pod, Volume } from '../api/generated/core-v1';
import type { Client } from '../apiserver/client';
import { decodeBase64, fieldValue, type PodFacts } from './environment';

/** A volume that cannot be set up yet: `MountVolume.SetUp failed for volume "x" : configmap "x" not found`. */
export interface MountFailure {
  readonly volume: string;
  readonly error: string;
}

type Files = Readonly<Record<string, string>>;
/** Its files are made when somebody reads them: most often it is only asked whether there is an error. */
type Content = { readonly files: () => Files } | { readonly error: string };

/** The first volume of a Pod that is not there. Upstream: pkg/volume/{configmap,secret,projected}. */
export function mountFailures(client: Client, pod: Pod, facts: PodFacts): MountFailure[] {
  return (pod.spec.volumes ?? []).flatMap((volume) => {
    const content = contentOf(client, pod, volume, facts);
    return 'error' in content ? [{ volume: volume.name, error: content.error }] : [];
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
  if (configMap) return keys(mapData(client, namespace, configMap.name, configMap.optional), configMap.items);
  if (secret) return keys(secretData(client, namespace, secret.secretName, secret.optional), secret.items);
  if (downwardAPI) return { files: () => downward(pod, downwardAPI.items ?? [], facts) };
  if (!projected) return empty;
  const parts: (() => Files)[] = [];
  for (const source of projected.sources ?? []) {
    const part: Content = source.configMap
      ? optionalRootCertificate(
          keys(mapData(client, namespace, source.configMap.name, source.configMap.optional), source.configMap.items),
          source.configMap.name,
        )
      : source.secret
        ? keys(secretData(client, namespace, source.secret.name, source.secret.optional), source.secret.items)
        : source.downwardAPI
          ? { files: () => downward(pod, source.downwardAPI?.items ?? [], facts) }
          : empty;
    if ('error' in part) return part;
    parts.push(part.files);
  }
  return { files: () => Object.fromEntries(parts.flatMap((files) => Object.entries(files()))) };
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

function keys(content: Content, items: readonly { key: string; path: string }[] | undefined): Content {
  if ('error' in content || !items) return content;
  const all = content.files();
  const files: Record<string, string> = {};
  for (const { key, path } of items) {
    const text = all[key];
    if (text === undefined) return { error: `references non-existent config key: ${key}` };
    files[path] = text;
  }
  return { files: () => files };
}

function downward(
  pod: Pod,
  items: readonly { path: string; fieldRef?: { fieldPath: string } }[],
  facts: PodFacts,
): Files {
  return Object.fromEntries(
    items.flatMap(({ path, fieldRef }) => (fieldRef ? [[path, fieldValue(pod, fieldRef.fieldPath, facts)]] : [])),
  );
}
