import { forbiddenStatus, type Status } from '../apiserver/status';
import type { AdmissionAttributes } from './chain';

/**
 * A plugin's refusal: `pods "web" is forbidden: …`. Before a name has been drawn, the name is `Unknown` unless there
 * is a prefix. Upstream: staging/src/k8s.io/apiserver/pkg/admission/errors.go `NewForbidden`
 */
export function forbiddenBy(attributes: AdmissionAttributes, why: string): Status {
  const { plural, group } = attributes.resource;
  return forbiddenStatus(plural, group, nameOf(attributes), why);
}

function nameOf({ name, object }: AdmissionAttributes): string {
  return name || object?.metadata.name || object?.metadata.generateName || 'Unknown';
}
