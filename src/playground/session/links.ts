import type { Target } from './look';

/** A piece of a line; with `target`, the name of an object. */
export interface Piece {
  readonly text: string;
  readonly target?: Target;
}

/** What is there now: the namespaces of Pods by their names, and the names of nodes. */
export interface Known {
  readonly pods: ReadonlyMap<string, string>;
  readonly nodes: ReadonlySet<string>;
}

/** Words that stand before a slash and a name: `deployment.apps/web`. */
const kinds = new Set([
  'pod',
  'node',
  'service',
  'namespace',
  'configmap',
  'secret',
  'serviceaccount',
  'persistentvolumeclaim',
  'resourcequota',
  'limitrange',
  'deployment',
  'replicaset',
  'daemonset',
  'statefulset',
  'job',
  'cronjob',
  'horizontalpodautoscaler',
  'poddisruptionbudget',
  'networkpolicy',
  'ingress',
  'endpointslice',
  'priorityclass',
  'runtimeclass',
]);

const clusterWide = new Set(['node', 'namespace', 'priorityclass', 'runtimeclass']);

const word = /(?:[a-z]+(?:\.[a-z0-9.]+)?\/)?[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?/g;

/** Finds the objects that a line of output names. `command` is what printed it: `kubectl get deploy -n shop`. */
export function linked(line: string, command: string, known: Known): Piece[] {
  const namespace = /\s(?:-n|--namespace)[= ]*([-a-z0-9]+)/.exec(command)?.[1] ?? 'default';
  const listed = rowTarget(line, command, namespace);
  const pieces: Piece[] = [];
  let end = 0;
  for (const { 0: text, index } of line.matchAll(word)) {
    if (/[-\w./:]/.test(line[index - 1] ?? ' ') || /[-\w/:]/.test(line[index + text.length] ?? ' ')) continue;
    const target = listed?.name === text ? listed : targetOf(text, namespace, known);
    if (!target) continue;
    if (index > end) pieces.push({ text: line.slice(end, index) });
    pieces.push({ text, target });
    end = index + text.length;
  }
  if (end < line.length) pieces.push({ text: line.slice(end) });
  return pieces;
}

function targetOf(text: string, namespace: string, { pods, nodes }: Known): Target | undefined {
  const slash = text.indexOf('/');
  if (slash < 0) {
    const of = pods.get(text);
    if (of !== undefined) return { resource: 'pods', name: text, namespace: of };
    return nodes.has(text) ? { resource: 'nodes', name: text } : undefined;
  }
  const resource = text.slice(0, slash);
  const kind = resource.split('.', 1)[0] ?? '';
  const name = text.slice(slash + 1);
  if (!kinds.has(kind)) return undefined;
  return clusterWide.has(kind) ? { resource, name } : { resource, name, namespace: pods.get(name) ?? namespace };
}

/** The object of a row that `kubectl get KIND` printed: its name stands first, or after its namespace. */
function rowTarget(line: string, command: string, namespace: string): Target | undefined {
  const resource = /^\s*(?:kubectl|k)\s(?:.*\s)?get\s+([a-z.]+)(?:\s|$)/.exec(command)?.[1];
  if (resource === undefined || /^(?:NAME|NAMESPACE|No resources|LAST SEEN|Error)/.test(line)) return undefined;
  if (/^(?:all|events?|ev)$/.test(resource) || /\s-o\s*(?:json|yaml|name|go|custom)/.test(command)) return undefined;
  const [first = '', second = ''] = line.split(/\s+/);
  const everywhere = /\s(?:-A|--all-namespaces)\b/.test(command);
  if (everywhere) return second === '' ? undefined : { resource, name: second, namespace: first };
  return first === '' ? undefined : { resource, name: first, namespace };
}
