import type { KubernetesVersion } from '@/kubernetes/api/kind';
import type { JsonObject } from '@/kubernetes/api/object';
import type { ResourceInfo } from '@/kubernetes/api/registry';
import { decodingOf } from '@/kubernetes/apiserver/decode/read-body';
import { goTypeOf } from '@/kubernetes/apiserver/schema/go-type';
import type { Status } from '@/kubernetes/apiserver/status';
import type { FieldPath } from '@/manifest/manifest';
import { parsePath } from '@/manifest/path';
import { valueAt } from './change';
import { mendCause } from './fixes/cause';
import { renameUnknown } from './fixes/unknown-field';
import { retype } from './fixes/wrong-type';
import type { Details } from './remark';

/** Where the server gave up: at a value of the wrong type, at names it does not know, at a rule, at a policy. */
export type RefusalStage = 'types' | 'names' | 'rules' | 'policy';

export interface Refusal {
  readonly stage: RefusalStage;
  readonly details: readonly Details[];
}

/** A refusal by field: of causes, of strict errors, of a value that does not fit its type, or of an object as a whole. */
export function refusalOf(
  status: Status,
  value: JsonObject,
  info: ResourceInfo,
  kubernetes: KubernetesVersion,
): Refusal {
  const message = status.message ?? '';
  const code = status.reason ?? String(status.code);
  if (status.code === 403) {
    return { stage: 'policy', details: [{ code, speaker: 'admission', message, path: policyPath(message, value) }] };
  }
  const causes = status.details?.causes ?? [];
  if (causes.length > 0) {
    return {
      stage: 'rules',
      details: causes.map(({ reason = code, message: words, field = '' }) => ({
        code: reason,
        speaker: 'api-server',
        message: field ? `${field}: ${words}` : words,
        path: field,
        proposal: mendCause({ reason, path: parsePath(field), message: words }, value),
      })),
    };
  }
  const decoded = decodingOf(status);
  if (decoded?.ok === false) {
    const proposal = retype(value, decoded.path, decoded.error);
    return { stage: 'types', details: [{ code, speaker: 'api-server', message, path: decoded.path, proposal }] };
  }
  const type = goTypeOf(info.group ? `${info.group}/${info.version}` : info.version, info.kind, kubernetes);
  if (type && decoded) {
    const details = decoded.strict.map((words, i): Details => {
      const path = decoded.strictPaths[i] ?? [];
      const proposal = renameUnknown(type, value, path);
      return { code: 'UnknownField', speaker: 'api-server', message: words, path, key: true, proposal };
    });
    return { stage: 'names', details };
  }
  const path = status.code === 409 ? 'metadata.name' : '';
  return { stage: 'policy', details: [{ code, speaker: 'api-server', message, path }] };
}

/**
 * The first field that Pod Security names: `(hostNetwork=true)`, `(container "web" uses hostPort 80)`. Upstream:
 * staging/src/k8s.io/pod-security-admission/policy
 */
function policyPath(message: string, value: JsonObject): FieldPath {
  if (!message.includes('violates PodSecurity')) return [];
  const flag = /\((host[A-Za-z]+)=true/.exec(message);
  const named = /containers? "([^"]+)"(?: uses hostPort (\d+))?/.exec(message);
  if (flag?.[1] !== undefined && !(named && named.index < flag.index)) return ['spec', flag[1]];
  for (const list of ['initContainers', 'containers']) {
    const containers = valueAt(value, ['spec', list]);
    const index = Array.isArray(containers)
      ? containers.findIndex((one: unknown) => valueAt(one, ['name']) === named?.[1])
      : -1;
    if (index < 0) continue;
    const path = ['spec', list, index];
    const ports = valueAt(value, [...path, 'ports']);
    const port = Array.isArray(ports)
      ? ports.findIndex((one: unknown) => String(valueAt(one, ['hostPort'])) === named?.[2])
      : -1;
    return port < 0 ? path : [...path, 'ports', port, 'hostPort'];
  }
  return [];
}
