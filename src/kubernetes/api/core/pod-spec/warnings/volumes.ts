// Upstream: pkg/api/pod/warnings.go, `warningsForOverlappingVirtualPaths`
import { goQuote, type Path } from '../../../field-error';
import type { Volume, VolumeProjection } from '../../../generated/core-v1';
import { fractionalBytes } from '../../fractional-bytes';

/** Volume plugins that are gone or going, in upstream's order, and how its path spells them. */
const removed: readonly (readonly [field: Exclude<keyof Volume, 'name'>, spelt: string, text: string])[] = [
  ['photonPersistentDisk', 'photonPersistentDisk', 'deprecated in v1.11, non-functional in v1.16+'],
  ['gitRepo', 'gitRepo', 'deprecated in v1.11, and disabled by default in v1.33+'],
  ['scaleIO', 'scaleIO', 'deprecated in v1.16, non-functional in v1.22+'],
  ['flocker', 'flocker', 'deprecated in v1.22, non-functional in v1.25+'],
  ['storageos', 'storageOS', 'deprecated in v1.22, non-functional in v1.25+'],
  ['quobyte', 'quobyte', 'deprecated in v1.22, non-functional in v1.25+'],
  ['glusterfs', 'glusterfs', 'deprecated in v1.25, non-functional in v1.26+'],
];
const removedLater: typeof removed = [
  ['cephfs', 'cephfs', 'deprecated in v1.28, non-functional in v1.31+'],
  ['rbd', 'rbd', 'deprecated in v1.28, non-functional in v1.31+'],
];

export function volumeWarnings(volumes: readonly Volume[], path: Path): string[] {
  const plugins = volumes.flatMap((volume, i) => {
    const at = path.index(i);
    const gone = (rows: typeof removed) =>
      rows.filter(([field]) => volume[field] !== undefined).map(([, spelt, text]) => `${at.child(spelt)}: ${text}`);
    const template = volume.ephemeral?.volumeClaimTemplate;
    const claim = at.child('ephemeral', 'volumeClaimTemplate', 'spec', 'resources');
    return [
      ...gone(removed),
      ...(template ? fractionalBytes(template.spec.resources ?? {}, claim, ['storage']) : []),
      ...gone(removedLater),
    ];
  });
  return [...plugins, ...volumes.flatMap(overlapWarnings)];
}

interface FilePath {
  readonly path: string;
  readonly source: string;
}

function shown({ path, source }: FilePath): string {
  return source ? `${goQuote(path)} (${source})` : goQuote(path);
}

/** Files of one volume that hide one another. */
function overlapWarnings(volume: Volume): string[] {
  const { name, configMap, secret, downwardAPI, projected } = volume;
  const warn = (what: string, body: string) => `volume ${goQuote(name)} (${what}): overlapping paths: ${body}`;
  const plain = (items: readonly { path: string }[] | undefined): FilePath[] =>
    (items ?? []).map(({ path }) => ({ path, source: '' }));
  if (configMap) {
    const what = `ConfigMap ${goQuote(configMap.name ?? '')}`;
    return overlaps(plain(configMap.items)).map((body) => warn(what, body));
  }
  if (secret) {
    return overlaps(plain(secret.items)).map((body) => warn(`Secret ${goQuote(secret.secretName ?? '')}`, body));
  }
  if (downwardAPI) return overlaps(plain(downwardAPI.items)).map((body) => warn('DownwardAPI', body));
  if (!projected) return [];
  const empty = (projected.sources ?? []).filter((source) => Object.keys(source).length === 0);
  return [
    ...empty.map(() => `volume ${goQuote(name)} (Projected) has no sources provided`),
    ...overlaps((projected.sources ?? []).flatMap(filesOf)).map((body) => warn('Projected', body)),
  ];
}

function filesOf(projection: VolumeProjection): FilePath[] {
  const { configMap, secret, downwardAPI, serviceAccountToken: token, clusterTrustBundle: bundle } = projection;
  const all = (items: readonly { path: string }[] | undefined, source: string) =>
    (items ?? []).map(({ path }) => ({ path, source }));
  if (configMap) return all(configMap.items, `ConfigMap ${goQuote(configMap.name ?? '')}`);
  if (secret) return all(secret.items, `Secret ${goQuote(secret.name ?? '')}`);
  if (downwardAPI) return all(downwardAPI.items, 'DownwardAPI');
  if (token) return all([token], `ServiceAccountToken ${goQuote(token.audience ?? '')}`);
  if (bundle) return all([bundle], `ClusterTrustBundle ${goQuote(bundle.name ?? bundle.signerName ?? '')}`);
  return [];
}

/** For each file, what came before it at the same path, above or below it. */
function overlaps(files: readonly FilePath[]): string[] {
  const seen: FilePath[] = [];
  const out: string[] = [];
  for (const file of files) {
    const trimmed = { ...file, path: file.path.replace(/\/+$/, '') };
    const hit = seen.filter(
      ({ path }) => `${path}/`.startsWith(`${trimmed.path}/`) || `${trimmed.path}/`.startsWith(`${path}/`),
    );
    if (hit.length > 0) out.push(`${shown(trimmed)} with ${hit.map(shown).join(', ')}`);
    seen.push(trimmed);
  }
  return out;
}
