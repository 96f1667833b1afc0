import { encodeBytes } from '@/kubernetes/api/base64';
import type { KubernetesVersion } from '@/kubernetes/api/kind';
import { type ResourceInfo, splitApiVersion } from '@/kubernetes/api/registry';
import discovery from '@/kubernetes/api/structure/resources-v1.36.json';
import { sha256 } from '@/kubernetes/hash/sha2';
import { apiVersionOf } from '../resource/info';
import { servedResources } from '../resource/mapping';

/** A row of discovery, as a running server gave it. */
interface Row {
  readonly groupVersion: string;
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
  readonly singularName?: string;
  readonly shortNames?: readonly string[];
  readonly categories?: readonly string[];
  readonly verbs: readonly string[];
}

const rows: readonly Row[] = discovery;

/**
 * What the server says of itself at `/api`, `/apis`, `/apis/GROUP`, `/api/v1` and `/apis/GROUP/VERSION`; undefined for
 * another path. Upstream: apiserver/pkg/endpoints/discovery. `address`: where the server is.
 */
export function discoveryDocument(path: string, minor: KubernetesVersion, address: string): object | undefined {
  const served = servedResources(minor);
  const words = path.split('/').slice(1);
  if (path === '/api') {
    const serverAddressByClientCIDRs = [{ clientCIDR: '0.0.0.0/0', serverAddress: address }];
    return { kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs };
  }
  const groups = [...new Set(served.map(({ group }) => group))].filter((group) => group !== '');
  if (path === '/apis') {
    return { kind: 'APIGroupList', apiVersion: 'v1', groups: groups.map((name) => groupOf(name, served)) };
  }
  const [root, group = '', version = ''] = words;
  if (root === 'apis' && words.length === 2 && groups.includes(group)) {
    return { kind: 'APIGroup', apiVersion: 'v1', ...groupOf(group, served) };
  }
  const [own, wanted] = root === 'api' && words.length === 2 ? ['', group] : [group, version];
  if (root !== 'api' && (root !== 'apis' || words.length !== 3)) return undefined;
  const listed = served.filter((info) => info.group === own && info.version === wanted);
  const [first] = listed;
  if (!first) return undefined;
  const groupVersion = apiVersionOf(first);
  const plurals = new Set(listed.map(({ plural }) => plural));
  const resources = rows
    .filter((row) => row.groupVersion === groupVersion && plurals.has(row.name.split('/')[0] ?? ''))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(resourceOf);
  return { kind: 'APIResourceList', ...(own === '' ? {} : { apiVersion: 'v1' }), groupVersion, resources };
}

/** Kinds that sub-resources take from other groups. */
const elsewhere: Readonly<Record<string, object | undefined>> = {
  Eviction: { group: 'policy', version: 'v1' },
  Scale: { group: 'autoscaling', version: 'v1' },
  TokenRequest: { group: 'authentication.k8s.io', version: 'v1' },
};

/** Upstream: apimachinery/pkg/apis/meta/v1/types.go `APIResource`. */
function resourceOf({
  name,
  singularName,
  namespaced,
  kind,
  verbs,
  shortNames,
  categories,
  groupVersion,
}: Row): object {
  const isPart = name.includes('/');
  return {
    name,
    singularName: isPart ? '' : (singularName ?? kind.toLowerCase()),
    namespaced,
    ...(isPart ? elsewhere[kind] : {}),
    kind,
    verbs,
    ...(shortNames ? { shortNames } : {}),
    ...(categories ? { categories } : {}),
    ...(!isPart && verbs.includes('create') && verbs.includes('list')
      ? { storageVersionHash: storageVersionHash(groupVersion, kind) }
      : {}),
  };
}

/** Upstream: apiserver/pkg/endpoints/discovery/storageversionhash.go. */
function storageVersionHash(groupVersion: string, kind: string): string {
  const [group, version] = splitApiVersion(groupVersion);
  return encodeBytes(sha256(`${group}/${version}/${kind}`).slice(0, 8));
}

function groupOf(name: string, served: readonly ResourceInfo[]): object {
  const versions = [...new Set(served.filter(({ group }) => group === name).map(({ version }) => version))].map(
    (version) => ({ groupVersion: `${name}/${version}`, version }),
  );
  const [preferredVersion] = versions;
  return { name, versions, preferredVersion };
}
