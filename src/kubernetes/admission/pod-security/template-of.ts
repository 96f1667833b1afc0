import type { CronJob } from '../../api/generated/batch-v1';
import { isObject, type KubeObject, type ResourceName } from '../../api/object';
import type { PodUnderCheck } from './check';

const withTemplate = new Set<ResourceName>([
  'replicationcontrollers',
  'replicasets.apps',
  'deployments.apps',
  'daemonsets.apps',
  'statefulsets.apps',
  'jobs.batch',
]);

/** The template of a kind that makes Pods, wherever that kind keeps it. Upstream: `DefaultPodSpecExtractor`. */
export function templateOf(resource: ResourceName, object: KubeObject): PodUnderCheck | undefined {
  if (resource === 'podtemplates') return asPod(object.template);
  if (resource === 'cronjobs.batch') return asPod((object as CronJob).spec.jobTemplate.spec?.template);
  return withTemplate.has(resource) && isObject(object.spec) ? asPod(object.spec.template) : undefined;
}

/** A decoded template: its metadata may be missing, its spec is there. */
function asPod(template: unknown): PodUnderCheck | undefined {
  return isObject(template) && isObject(template.spec)
    ? ({ metadata: {}, ...template } as unknown as PodUnderCheck)
    : undefined;
}
