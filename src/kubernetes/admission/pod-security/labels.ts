// Upstream: staging/src/k8s.io/pod-security-admission/api/helpers.go `PolicyToEvaluate`
import { type FieldError, invalid, type Path } from '../../api/field-error';
import { isLevel, levelLabel, levels, modes, parseVersion, versionLabel } from './policy';

/** Labels of a namespace that Pod Security cannot read. */
export function validateLabels(labels: { readonly [key: string]: string } | undefined, path: Path): FieldError[] {
  return modes.flatMap((mode) => {
    const errors: FieldError[] = [];
    const level = labels?.[levelLabel(mode)];
    if (level !== undefined && !isLevel(level)) {
      errors.push(invalid(path.key(levelLabel(mode)), level, `must be one of ${levels.join(', ')}`));
    }
    const version = labels?.[versionLabel(mode)];
    if (version !== undefined && parseVersion(version) === undefined) {
      errors.push(invalid(path.key(versionLabel(mode)), version, 'must be "latest" or "v1.x"'));
    }
    return errors;
  });
}
