// Upstream: plugin/pkg/admission/limitranger/admission.go `mergePodResourceRequirements`
import type { Container, LimitRange, Pod } from '../../api/generated/core-v1';

const annotation = 'kubernetes.io/limit-ranger';

/** Gives containers what they do not ask for, in place, and notes it on the Pod. */
export function applyDefaults(pod: Pod, range: LimitRange): void {
  const { defaults, requests } = defaultsOf(range);
  const notes = [
    ...pod.spec.containers.flatMap((one) => applyTo(one, 'container', requests, defaults)),
    ...(pod.spec.initContainers ?? []).flatMap((one) => applyTo(one, 'init container', requests, defaults)),
  ];
  if (notes.length === 0) return;
  pod.metadata.annotations = {
    ...pod.metadata.annotations,
    [annotation]: `LimitRanger plugin set: ${notes.join('; ')}`,
  };
}

function defaultsOf({ spec }: LimitRange): Record<'defaults' | 'requests', Record<string, string>> {
  const items = (spec?.limits ?? []).filter(({ type }) => type === 'Container');
  return {
    defaults: Object.assign({}, ...items.map((item) => item.default)),
    requests: Object.assign({}, ...items.map((item) => item.defaultRequest)),
  };
}

function applyTo(
  container: Container,
  what: string,
  requests: Record<string, string>,
  limits: Record<string, string>,
): string[] {
  const resources = (container.resources ??= {});
  const fill = (list: 'requests' | 'limits', amounts: Record<string, string>, word: string): string[] => {
    const given = resources[list] ?? {};
    const missing = Object.keys(amounts).filter((name) => given[name] === undefined);
    if (missing.length === 0) return [];
    resources[list] = { ...amounts, ...given };
    return [`${missing.sort().join(', ')} ${word} for ${what} ${container.name}`];
  };
  return [...fill('requests', requests, 'request'), ...fill('limits', limits, 'limit')];
}
