// Upstream: staging/src/k8s.io/kube-aggregator/pkg/apis/apiregistration/validation/validation.go, pkg/registry/apiservice/strategy.go
import { decodeBase64 } from '../../base64';
import { defineKind } from '../../define-kind';
import { type FieldError, invalid, Path, required } from '../../field-error';
import type { APIService, APIServiceSpec } from '../../generated/kube-aggregator-pkg-apis-apiregistration-v1';
import type { KindDefinition } from '../../kind';
import { complaints } from '../../meta/labels';
import { dns1035Label, dns1123Subdomain, pathSegmentName, portNumber } from '../../meta/names';
import { validateObjectMeta } from '../../meta/object-meta';

const path = Path.of('spec');
const kind = defineKind<APIService>({
  group: 'apiregistration.k8s.io',
  version: 'v1',
  kind: 'APIService',
  namespaced: false,
  updates: ['meta', 'whole'],
  standardFinalizers: false,
  name: pathSegmentName,
  setDefaults({ spec }) {
    if (spec?.service) spec.service.port ??= 443;
  },
  prepareForCreate(object) {
    const since = object.metadata.creationTimestamp;
    const local = { type: 'Available', status: 'True', lastTransitionTime: since };
    const why = { reason: 'Local', message: 'Local APIServices are always available' };
    object.status = object.spec?.service ? {} : { conditions: [{ ...local, ...why }] };
  },
  prepareForUpdate(object, old) {
    object.status = old.status;
  },
  validateContent: ({ spec }) => validateSpec(spec ?? { groupPriorityMinimum: 0, versionPriority: 0 }),
});

export const apiService: KindDefinition<APIService> = {
  ...kind,
  validate(object) {
    const { version = '', group = '' } = object.spec ?? {};
    const wanted = `${version}.${group}`;
    const text = `must be \`spec.version+"."+spec.group\`: ${JSON.stringify(wanted)}`;
    const name = (given: string) => {
      const wrong = pathSegmentName(given);
      return wrong.length > 0 || given === wanted ? wrong : [text];
    };
    return [
      ...validateObjectMeta(object.metadata, { namespaced: false, name }, { standardFinalizers: false }),
      ...validateSpec(object.spec ?? { groupPriorityMinimum: 0, versionPriority: 0 }),
    ];
  },
};

function validateSpec(spec: APIServiceSpec): FieldError[] {
  const { group = '', version = '', groupPriorityMinimum: groups = 0, versionPriority: versions = 0 } = spec;
  const at = path.child('group');
  const errors: FieldError[] = [];
  if (group === '' && version !== 'v1') {
    errors.push(required(at, 'only v1 may have an empty group and it better be legacy kube'));
  }
  if (group) errors.push(...complaints(dns1123Subdomain, at, group));
  errors.push(...complaints(dns1035Label, path.child('version'), version));
  if (groups <= 0 || groups > 20_000) {
    errors.push(invalid(path.child('groupPriorityMinimum'), groups, 'must be positive and less than 20000'));
  }
  if (versions <= 0 || versions > 1000) {
    errors.push(invalid(path.child('versionPriority'), versions, 'must be positive and less than 1000'));
  }
  return [...errors, ...validateService(spec)];
}

function validateService({ service, caBundle = '', insecureSkipTLSVerify: insecure }: APIServiceSpec): FieldError[] {
  const bytes = decodeBase64(caBundle).length;
  const skip = path.child('insecureSkipTLSVerify');
  if (!service) {
    const local = (what: string) => `local APIServices may not have ${what}`;
    return [
      ...(bytes > 0 ? [invalid(path.child('caBundle'), `${bytes} bytes`, local('a caBundle'))] : []),
      ...(insecure ? [invalid(skip, insecure, local('insecureSkipTLSVerify'))] : []),
    ];
  }
  const { name, namespace, port = 0 } = service;
  const at = path.child('service');
  const wrong = portNumber(port);
  return [
    ...(namespace ? [] : [required(at.child('namespace'))]),
    ...(name ? [] : [required(at.child('name'))]),
    ...(wrong.length > 0 ? [invalid(at.child('port'), port, `port is not valid: ${wrong.join(', ')}`)] : []),
    ...(insecure && bytes > 0 ? [invalid(skip, insecure, 'may not be true if caBundle is present')] : []),
  ];
}
