import type { PodTemplateSpec } from '../../generated/core-v1';
import { defaultPodSpec } from '../pod-spec/defaults';

/** Defaults of a template: those of the spec, without what only a Pod gets. */
export function defaultPodTemplate(template: PodTemplateSpec): void {
  template.metadata ??= {};
  template.spec ??= { containers: [] };
  defaultPodSpec(template.spec);
}
