import type { Container, ContainerPort, PodSpec } from '@/kubernetes/api/generated/core-v1';
import { isObject, type JsonObject } from '@/kubernetes/api/object';
import type { FieldPath } from '@/manifest/manifest';

/** A Pod specification found in a document, wherever its kind keeps it. */
export interface PodSubject {
  readonly kind: string;
  readonly name: string;
  readonly object: JsonObject;
  readonly spec: PodSpec;
  /** Path of `spec` in the document: `['spec', 'template', 'spec']`. */
  readonly path: FieldPath;
  /** Ports of the ordinary containers and of sidecars, in order: those that the scheduler counts. */
  readonly ports: readonly DeclaredPort[];
}

const specPaths: Readonly<Record<string, readonly string[]>> = {
  Pod: ['spec'],
  PodTemplate: ['template', 'spec'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
};
const templated = ['Deployment', 'ReplicaSet', 'ReplicationController', 'DaemonSet', 'StatefulSet', 'Job'];

/** The path of the Pod specification in objects of a kind; undefined where they have none. */
export function podSpecPath(kind: string): readonly string[] | undefined {
  return specPaths[kind] ?? (templated.includes(kind) ? ['spec', 'template', 'spec'] : undefined);
}

/** The Pod specification of a workload that the API server has accepted; undefined for any other kind. */
export function podSubject(object: JsonObject): PodSubject | undefined {
  const kind = typeof object.kind === 'string' ? object.kind : '';
  const path = podSpecPath(kind);
  if (!path) return undefined;
  let value: unknown = object;
  for (const step of path) value = isObject(value) ? value[step] : undefined;
  if (!isObject(value) || !Array.isArray(value.containers)) return undefined;
  const name = isObject(object.metadata) ? String(object.metadata.name ?? object.metadata.generateName ?? '') : '';
  // The server decoded this object as a kind whose specification this is.
  const spec = value as PodSpec;
  return { kind, name, object, spec, path, ports: declaredPorts(spec, path) };
}

/** A declared port with the place it was declared at. */
export interface DeclaredPort {
  readonly container: Container;
  readonly port: ContainerPort;
  readonly path: FieldPath;
}

function declaredPorts(spec: PodSpec, path: FieldPath): DeclaredPort[] {
  const found: DeclaredPort[] = [];
  for (const list of ['containers', 'initContainers'] as const) {
    for (const [i, container] of spec[list]?.entries() ?? []) {
      if (list === 'initContainers' && container.restartPolicy !== 'Always') continue;
      for (const [j, port] of container.ports?.entries() ?? []) {
        found.push({ container, port, path: [...path, list, i, 'ports', j] });
      }
    }
  }
  return found;
}

/** The number a port holds on its node: typed, or filled in on the Pod because of hostNetwork. 0 = none. */
export function hostPortOf(spec: PodSpec, port: ContainerPort): number {
  return port.hostPort ?? (spec.hostNetwork ? port.containerPort : 0);
}
