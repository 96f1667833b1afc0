import type { PodTemplateSpec, Toleration, TopologySpreadConstraint } from '@/kubernetes/api/generated/core-v1';
import { selectorText } from '../printers/selector-text';
import { describeContainers } from './containers';
import type { Lines } from './lines';
import { annotations, labels } from './metadata';
import { describeVolumes } from './volumes';

/** Upstream: kubectl/pkg/describe/describe.go `DescribePodTemplate`. */
export function describePodTemplate(lines: Lines, template: PodTemplateSpec | undefined): void {
  lines.add(0, 'Pod Template:');
  if (!template?.spec) {
    lines.add(1, '<unset>');
    return;
  }
  const { spec, metadata } = template;
  labels(lines, '  Labels', metadata?.labels);
  if (Object.keys(metadata?.annotations ?? {}).length > 0) annotations(lines, '  Annotations', metadata?.annotations);
  if (spec.serviceAccountName) lines.field('  Service Account', spec.serviceAccountName);
  if (spec.initContainers?.length)
    describeContainers(lines, 'Init Containers', spec.initContainers, { template: true });
  describeContainers(lines, 'Containers', spec.containers, { template: true });
  describeVolumes(lines, spec.volumes, true);
  describeSpread(lines, spec.topologySpreadConstraints, '  ');
  if (spec.priorityClassName) lines.field('  Priority Class Name', spec.priorityClassName);
  labels(lines, '  Node-Selectors', spec.nodeSelector);
  describeTolerations(lines, '  Tolerations', spec.tolerations);
}

/** Sorted by key, one line each. Upstream: `printTolerationsMultiline`. */
export function describeTolerations(lines: Lines, title: string, tolerations: readonly Toleration[] | undefined): void {
  const sorted = [...(tolerations ?? [])].sort((a, b) =>
    (a.key ?? '') < (b.key ?? '') ? -1 : (a.key ?? '') > (b.key ?? '') ? 1 : 0,
  );
  if (sorted.length === 0) lines.add(0, `${title}:\t<none>`);
  for (const [i, one] of sorted.entries()) lines.add(0, `${i === 0 ? `${title}:` : ''}\t${tolerationText(one)}`);
}

function tolerationText({ key = '', value = '', effect = '', operator, tolerationSeconds }: Toleration): string {
  const head = `${key}${value ? `=${value}` : ''}${effect ? `:${effect}` : ''}`;
  const exists = operator === 'Exists' && value === '' ? (head === '' ? 'op=Exists' : ' op=Exists') : '';
  return `${head}${exists}${tolerationSeconds === undefined ? '' : ` for ${tolerationSeconds}s`}`;
}

/** Upstream: `describeTopologySpreadConstraints`. */
export function describeSpread(
  lines: Lines,
  constraints: readonly TopologySpreadConstraint[] | undefined,
  space: string,
): void {
  const sorted = [...(constraints ?? [])].sort((a, b) =>
    a.topologyKey < b.topologyKey ? -1 : a.topologyKey > b.topologyKey ? 1 : 0,
  );
  for (const [i, one] of sorted.entries()) {
    const selector = one.labelSelector ? ` for selector ${selectorText(one.labelSelector)}` : '';
    const text = `${one.topologyKey}:${one.whenUnsatisfiable} when max skew ${one.maxSkew} is exceeded${selector}`;
    lines.add(0, `${i === 0 ? `${space}Topology Spread Constraints:` : ''}\t${text}`);
  }
}
