import type { KubernetesVersion } from '@/kubernetes/api/kind';
import { isObject, type JsonObject, type KubeObject } from '@/kubernetes/api/object';
import { readManifest } from '@/manifest/read';
import type { FileSystem } from '../command';
import { KubectlError } from '../errors';
import { entriesOf } from './documents';
import type { Entry } from './info';

const fileNames = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

/** What this reader understands of a kustomization. Everything else is refused by name, never passed over. */
const understood = [
  'apiVersion',
  'kind',
  'metadata',
  'resources',
  'namePrefix',
  'nameSuffix',
  'namespace',
  'labels',
  'commonLabels',
  'commonAnnotations',
];

/** The objects of a folder with a kustomization. Upstream: sigs.k8s.io/kustomize. Throws. */
export function kustomizedEntries(folder: string, files: FileSystem, minor: KubernetesVersion): Entry[] {
  const base = folder.replace(/\/+$/, '') || '.';
  const at = (name: string) => (base === '.' ? name : `${base}/${name}`);
  const text = fileNames.map((name) => files.read(at(name))).find((found) => found !== undefined);
  const full = `${files.cwd ?? ''}${base === '.' ? '' : `/${base}`}`;
  if (text === undefined && files.list(base) === undefined && base !== '.') {
    const lost = `evalsymlink failure on '${folder}' : lstat ${full}: no such file or directory`;
    throw new KubectlError(`must build at directory: not a valid directory: ${lost}`);
  }
  if (text === undefined) {
    throw new KubectlError(
      `unable to find one of 'kustomization.yaml', 'kustomization.yml' or 'Kustomization' in directory '${full}'`,
    );
  }
  const parsed = readManifest(text).documents[0]?.value;
  const file: JsonObject = isObject(parsed) ? parsed : {};
  const strange = Object.keys(file).filter((key) => !understood.includes(key));
  if (strange.length > 0) {
    throw new KubectlError(`this simulation does not read the field "${strange.join('", "')}" of a kustomization`);
  }
  const resources = Array.isArray(file.resources) ? file.resources.map(String) : [];
  const entries = resources.flatMap((name): Entry[] => {
    const content = files.read(at(name));
    if (content !== undefined) return entriesOf({ name: at(name), text: content }, minor, true);
    if (files.list(at(name)) !== undefined) return kustomizedEntries(at(name), files, minor);
    const lost = `evalsymlink failure on '${full}/${name}' : lstat ${full}/${name}: no such file or directory`;
    throw new KubectlError(
      `accumulating resources: accumulation err='accumulating resources from '${name}': ${lost}': must build at directory: not a valid directory: ${lost}`,
    );
  });
  return entries.map((entry) => ('error' in entry ? entry : changed(entry, file, folder)));
}

function changed(entry: Extract<Entry, { info: unknown }>, file: JsonObject, source: string): Entry {
  const { info } = entry;
  const text = (field: string) => (typeof file[field] === 'string' ? file[field] : '');
  const name = `${text('namePrefix')}${info.name}${text('nameSuffix')}`;
  const namespace = text('namespace') || info.namespace;
  const labels = { ...info.object.metadata.labels, ...textMap(file.commonLabels), ...listedLabels(file.labels) };
  const annotations = { ...info.object.metadata.annotations, ...textMap(file.commonAnnotations) };
  const metadata: KubeObject['metadata'] = {
    ...info.object.metadata,
    name,
    ...(namespace && info.mapping.namespaced ? { namespace } : {}),
    ...(Object.keys(labels).length > 0 ? { labels } : {}),
    ...(Object.keys(annotations).length > 0 ? { annotations } : {}),
  };
  return { info: { ...info, name, namespace, source, object: { ...info.object, metadata } } };
}

function listedLabels(value: unknown): Record<string, string> {
  if (!Array.isArray(value)) return {};
  // `Object.assign` of many gives `any`; each of them is a map of texts.
  return Object.assign({}, ...value.filter(isObject).map((one) => textMap(one.pairs))) as Record<string, string>;
}

function textMap(value: unknown): Record<string, string> {
  return isObject(value) ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, String(one)])) : {};
}
