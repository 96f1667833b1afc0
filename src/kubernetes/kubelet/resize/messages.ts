// Upstream: pkg/kubelet/events/resize.go
import type { Container, Pod, ResourceRequirements } from '../../api/generated/core-v1';
import { goJson } from '../../strconv/go-json';

/** `Pod resize started: {"containers":[…],"generation":2}` */
export function resizeMessage(what: string, { spec }: Pod, generation: number, error = ''): string {
  const initContainers = (spec.initContainers ?? []).map(summary);
  const all = [
    ...(initContainers.length > 0 ? [`"initContainers":${goJson(initContainers)}`] : []),
    `"containers":${goJson(spec.containers.map(summary))}`,
    `"generation":${generation}`,
    ...(error === '' ? [] : [`"error":${goJson(error)}`]),
  ];
  return `Pod resize ${what}: {${all.join(',')}}`;
}

function summary({ name, resources }: Container): { name: string; resources: ResourceRequirements } {
  const { limits, requests, claims } = resources ?? {};
  return { name, resources: { ...(limits && { limits }), ...(requests && { requests }), ...(claims && { claims }) } };
}
