import type { Rule } from '../rule';

/** The scheduler can only keep apart what it is told about. */
export const undeclaredPort: Rule = {
  id: 'V01',
  look({ spec, path }) {
    if (!spec.hostNetwork) return [];
    return spec.containers.flatMap((container, i) =>
      (container.ports ?? []).length > 0
        ? []
        : [{ path: [...path, 'containers', i], values: { container: container.name } }],
    );
  },
};
