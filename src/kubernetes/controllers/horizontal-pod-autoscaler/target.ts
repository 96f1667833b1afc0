import type { HorizontalPodAutoscaler } from '../../api/generated/autoscaling-v2';
import { isObject } from '../../api/object';
import { resources, splitApiVersion } from '../../api/registry';
import type { Client, Scale } from '../../apiserver/client';

/** The scale of what an autoscaler looks after, and where it was found; or the text of why it was not. */
export type Target =
  | {
      readonly found: true;
      readonly plural: string;
      readonly group: string;
      readonly scale: Scale;
      readonly replicas: number;
      /** A label selector as text. */
      readonly selector: string;
    }
  | { readonly found: false; readonly error: string };

/** Upstream: pkg/controller/podautoscaler/horizontal.go `scaleForResourceMappings` */
export function targetOf(client: Client, { metadata, spec }: HorizontalPodAutoscaler): Target {
  const { apiVersion = '', kind, name } = spec.scaleTargetRef;
  const [group] = splitApiVersion(apiVersion);
  const info = resources.find((one) => one.group === group && one.kind === kind);
  if (!info) {
    // apimachinery/pkg/api/meta/errors.go `NoKindMatchError`
    return { found: false, error: `no matches for kind ${JSON.stringify(kind)} in group ${JSON.stringify(group)}` };
  }
  if (!info.subresources.includes('scale')) {
    return { found: false, error: 'the server could not find the requested resource' };
  }
  const answer = client.getScale(info, metadata.namespace, name);
  if (!answer.ok) return { found: false, error: answer.status.message ?? '' };
  return {
    found: true,
    plural: info.plural,
    group: info.group,
    scale: answer.object,
    replicas: numberIn(answer.object.spec, 'replicas'),
    selector: isObject(answer.object.status) ? String(answer.object.status.selector ?? '') : '',
  };
}

function numberIn(value: unknown, field: string): number {
  const found = isObject(value) ? value[field] : undefined;
  return typeof found === 'number' ? found : 0;
}
