import { type Document, type YAMLMap, isMap, isSeq, parseAllDocuments } from 'yaml';
import type { NodeFile, WorldFile } from '@/kubernetes/world';
import { type PodSecurity, withPodSecurity } from '../world/edit-world';

/** The fields that a comparison can flip. */
export const flipNames = [
  'hostNetwork',
  'hostPort',
  'ports',
  'nodeName',
  'nodeSelector',
  'replicas',
  'podSecurity',
  'version',
] as const;
export type FlipName = (typeof flipNames)[number];

/** What one of the two clusters is, and is given. */
export interface Side {
  readonly text: string;
  readonly world: WorldFile;
  /** The value of the flipped field: `hostPort: 8080`, `v1.34`; undefined = the field is absent. */
  readonly value?: string;
}

export interface Pair {
  readonly left: Side;
  readonly right: Side;
}

/**
 * Two sides from one manifest with one field flipped; undefined when no object of the manifest has a place for the
 * field. Comments and order of the text stay.
 */
export function flip(name: FlipName, text: string, world: WorldFile): Pair | undefined {
  if (name === 'version') return { left: aged(text, world, '1.34'), right: aged(text, world, '1.36') };
  if (name === 'podSecurity')
    return { left: secured(text, world, 'privileged'), right: secured(text, world, 'baseline') };
  const node = world.nodes.at(-1);
  if (!node) return undefined;
  const left = edited(text, (template, document) => without[name](template, document, node));
  const right = edited(text, (template, document) => withIt[name](template, document, node));
  if (left.values.length === 0 && right.values.length === 0) return undefined;
  return {
    left: { text: left.text, world, value: left.values[0] },
    right: { text: right.text, world, value: right.values[0] },
  };
}

function aged(text: string, { release: _, ...world }: WorldFile, kubernetes: '1.34' | '1.36'): Side {
  return { text, world: { ...world, kubernetes }, value: `Kubernetes ${kubernetes}` };
}

function secured(text: string, world: WorldFile, level: PodSecurity): Side {
  return { text, world: withPodSecurity(world, level), value: `pod-security.kubernetes.io/enforce: ${level}` };
}

type Template = YAMLMap;
type Edit = (template: Template, document: Document, node: NodeFile) => string | undefined;
type Field = Exclude<FlipName, 'version' | 'podSecurity'>;

const without: Readonly<Record<Field, Edit>> = {
  hostNetwork: (spec) => void spec.delete('hostNetwork'),
  hostPort: (spec) => void ports(spec).forEach((port) => port.delete('hostPort')),
  ports: (spec) => void containers(spec).forEach((container) => container.delete('ports')),
  nodeName: (spec) => void spec.delete('nodeName'),
  nodeSelector: (spec) => void spec.delete('nodeSelector'),
  replicas: (_, document) => replicas(document, () => 1),
};

const withIt: Readonly<Record<Field, Edit>> = {
  hostNetwork: (spec) => {
    spec.set('hostNetwork', true);
    return 'hostNetwork: true';
  },
  hostPort: (spec) => {
    const all = ports(spec);
    for (const port of all) if (!port.has('hostPort')) port.set('hostPort', port.get('containerPort'));
    return all[0] && `hostPort: ${String(all[0].get('hostPort'))}`;
  },
  ports: (spec, document) => {
    const all = containers(spec);
    // Without a declared port one is needed to declare; 80 is what most images of the course listen on.
    for (const container of all)
      if (ports(spec).length === 0) container.set('ports', document.createNode([{ containerPort: 80 }]));
    const [port] = ports(spec);
    return port && `containerPort: ${String(port.get('containerPort'))}`;
  },
  nodeName: (spec, _, node) => {
    if (!spec.has('nodeName')) spec.set('nodeName', node.name);
    return `nodeName: ${String(spec.get('nodeName'))}`;
  },
  nodeSelector: (spec, document, node) => {
    const wanted = { 'kubernetes.io/hostname': node.hostname ?? node.name };
    if (!spec.has('nodeSelector')) spec.set('nodeSelector', document.createNode(wanted));
    const selector = spec.get('nodeSelector');
    const [pair] = isMap(selector) ? selector.items : [];
    return pair && `nodeSelector: ${String(pair.key)}: ${String(pair.value)}`;
  },
  replicas: (_, document) => replicas(document, (now) => Math.max(2, now)),
};

/** Sets the number of replicas where the object has such a number. */
function replicas(document: Document, next: (now: number) => number): string | undefined {
  if (!['Deployment', 'ReplicaSet', 'StatefulSet', 'ReplicationController'].includes(String(document.get('kind'))))
    return undefined;
  const now = document.getIn(['spec', 'replicas']);
  const value = next(typeof now === 'number' ? now : 1);
  document.setIn(['spec', 'replicas'], value);
  return `replicas: ${value}`;
}

/** Every object of the text edited; no values where the text cannot be read. */
function edited(text: string, edit: (template: Template, document: Document) => string | undefined) {
  const values: string[] = [];
  const documents = parseAllDocuments(text);
  if (documents.some((document) => document.errors.length > 0)) return { text, values };
  const parts = documents.map((document) => {
    const template = templateOf(document);
    const value = template && edit(template, document);
    if (value !== undefined) values.push(value);
    return document.toString({ indentSeq: false, lineWidth: 0 });
  });
  return { text: parts.join('---\n').replace(/^(---\n)+/, ''), values };
}

/** The spec of the Pods that an object is or makes. */
function templateOf(document: Document): Template | undefined {
  for (const path of [['spec', 'jobTemplate', 'spec', 'template', 'spec'], ['spec', 'template', 'spec'], ['spec']]) {
    const found = document.getIn(path);
    if (isMap(found) && found.has('containers')) return found;
  }
  return undefined;
}

function containers(spec: Template): YAMLMap[] {
  const list = spec.get('containers');
  return isSeq(list) ? list.items.filter(isMap) : [];
}

function ports(spec: Template): YAMLMap[] {
  return containers(spec).flatMap((container) => {
    const list = container.get('ports');
    return isSeq(list) ? list.items.filter(isMap) : [];
  });
}
