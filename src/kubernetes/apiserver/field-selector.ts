import { isObject, type KubeObject } from '../api/object';
import { type ResourceInfo } from '../api/registry';

export type FieldMatcher = { readonly matches: (object: KubeObject) => boolean } | { readonly problem: string };

/** The fields that can be selected by, besides `metadata.name` and `metadata.namespace`. */
const selectable: Readonly<Record<string, readonly string[]>> = {
  // pkg/registry/core/pod/strategy.go `ToSelectableFields`
  pods: [
    'spec.nodeName',
    'spec.restartPolicy',
    'spec.schedulerName',
    'spec.serviceAccountName',
    'spec.hostNetwork',
    'status.phase',
    'status.podIP',
    'status.nominatedNodeName',
  ],
  // pkg/registry/core/event/strategy.go
  events: [
    'involvedObject.kind',
    'involvedObject.namespace',
    'involvedObject.name',
    'involvedObject.uid',
    'involvedObject.apiVersion',
    'involvedObject.resourceVersion',
    'involvedObject.fieldPath',
    'reason',
    'reportingComponent',
    'source',
    'type',
  ],
  nodes: ['spec.unschedulable'],
  namespaces: ['status.phase'],
  secrets: ['type'],
  services: ['spec.clusterIP', 'spec.type'],
  replicationcontrollers: ['status.replicas'],
  'jobs.batch': ['status.successful'],
  'certificatesigningrequests.certificates.k8s.io': ['spec.signerName'],
  // pkg/registry/resource/resourceslice/strategy.go `toSelectableFields`
  'resourceslices.resource.k8s.io': ['spec.nodeName', 'spec.driver'],
};

/** Fields that Go holds as a bool or a number, so that an absent one reads as its zero value. */
const zeroValues: Readonly<Record<string, string>> = {
  'spec.hostNetwork': 'false',
  'spec.unschedulable': 'false',
  'status.replicas': '0',
  'status.successful': '0',
};

/** Reads `spec.nodeName=node1,status.phase!=Running`. Upstream: staging/src/k8s.io/apimachinery/pkg/fields/selector.go */
export function parseFieldSelector(text: string | undefined, info: ResourceInfo): FieldMatcher {
  const terms: ((object: KubeObject) => boolean)[] = [];
  // Terms are read in the order of their texts; a value's own commas and equals signs stand behind backslashes.
  for (const term of ((text ?? '').match(/(?:\\.|[^,\\])+/gs) ?? []).sort()) {
    const match = /^([^=!]*)(!=|==|=)(.*)$/.exec(term);
    if (!match) return { problem: `invalid selector: '${text ?? ''}'; can't understand '${term}'` };
    const [, field = '', operator = '', value = ''] = match;
    if (/^(?:\\.|[^\\=])*=/.test(value)) return { problem: 'invalid field selector: unescaped character in value: 61' };
    const wanted = value.replace(/\\(.)/gs, '$1');
    if (!isSelectable(field, info)) return { problem: unknownField(field, info) };
    terms.push((object) => (fieldOf(object, field) === wanted) === (operator !== '!='));
  }
  return { matches: (object) => terms.every((one) => one(object)) };
}

function isSelectable(field: string, info: ResourceInfo): boolean {
  if (field === 'metadata.name') return true;
  // pkg/runtime/conversion.go: who knows no fields of their own takes this one, namespace or not.
  if (field === 'metadata.namespace') return info.namespaced || !selectable[info.name];
  return selectable[info.name]?.includes(field) ?? false;
}

// pkg/apis/core/v1/conversion.go; staging/src/k8s.io/apimachinery/pkg/runtime/conversion.go `DefaultMetaV1FieldSelectorConversion`
function unknownField(field: string, info: ResourceInfo): string {
  // pkg/apis/batch/v1/conversion.go and pkg/apis/resource/v1/conversion.go name their kinds.
  if (info.name === 'jobs.batch') return `field label "${field}" not supported for Job`;
  if (info.name === 'resourceslices.resource.k8s.io') {
    return `field label not supported for ${info.group}/${info.version}, Kind=${info.kind}: ${field}`;
  }
  if (selectable[info.name]) return `field label not supported: ${field}`;
  return `"${field}" is not a known field selector: only "metadata.name", "metadata.namespace"`;
}

function fieldOf(object: KubeObject, path: string): string {
  if (path === 'source') return fieldOf(object, 'source.component') || fieldOf(object, 'reportingComponent');
  let value: unknown = object;
  for (const step of path.split('.')) value = isObject(value) ? value[step] : undefined;
  return value === undefined || value === null ? (zeroValues[path] ?? '') : String(value);
}
