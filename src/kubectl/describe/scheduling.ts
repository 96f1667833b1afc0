import type { PriorityClass } from '@/kubernetes/api/generated/scheduling-v1';
import { labelsText } from '../printers/selector-text';
import type { Describer } from './describer';
import { describeEvents, eventsAbout } from './events';
import { Lines } from './lines';

/** Upstream: kubectl/pkg/describe/describe.go `describePriorityClass`. */
export const describePriorityClass: Describer<PriorityClass> = (priorityClass, { invocation, events }) => {
  const { metadata, value, globalDefault, preemptionPolicy, description } = priorityClass;
  const lines = new Lines();
  lines.field('Name', metadata.name);
  lines.field('Value', value);
  lines.field('GlobalDefault', globalDefault ?? false);
  lines.field('PreemptionPolicy', preemptionPolicy);
  lines.field('Description', description);
  lines.field('Annotations', labelsText(metadata.annotations) || '<none>');
  if (events) describeEvents(lines, eventsAbout(invocation, { ...priorityClass }), invocation.now);
  return lines.toString();
};
