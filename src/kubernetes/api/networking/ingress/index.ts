// Upstream: pkg/apis/networking/validation/validation.go `ValidateIngressSpec`
import { defineKind } from '../../define-kind';
import { type FieldError, invalid, Path, required } from '../../field-error';
import type { HTTPIngressPath, Ingress, IngressBackend, IngressSpec } from '../../generated/networking-v1';
import { countGeneration } from '../../generation';
import { parseIP } from '../../meta/ip-address';
import { complaints } from '../../meta/labels';
import {
  dns1035Label,
  dns1123Label,
  dns1123Subdomain,
  pathSegmentName,
  portName,
  wildcardDns1123Subdomain,
} from '../../meta/names';
import { validatePortNumber } from '../../core/pod-spec/validation/ports';
import { oneOf } from '../../core/pod-spec/validation/supported';
import { serverFacts } from '../../versions/server-facts';

const classAnnotation = 'kubernetes.io/ingress.class';

export const ingress = defineKind<Ingress>({
  group: 'networking.k8s.io',
  version: 'v1',
  kind: 'Ingress',
  namespaced: true,
  updates: ['meta', 'whole'],
  name: dns1123Subdomain,
  prepareForCreate(object) {
    object.metadata.generation = 1;
    object.status = { loadBalancer: {} };
  },
  prepareForUpdate(object, old) {
    object.status = old.status;
    countGeneration(object, old);
  },
  validateContent: ({ spec }, { kubernetes }) =>
    validateSpec(spec, Path.of('spec'), serverFacts[kubernetes].relaxedServiceNames),
  /** Upstream `ValidateIngressCreate`: the annotation of old may stay, if it says the same. */
  validateNew({ metadata, spec: { ingressClassName } }) {
    const value = metadata.annotations?.[classAnnotation];
    if (value === undefined || ingressClassName === undefined || value === ingressClassName) return [];
    const path = Path.of('annotations').child(classAnnotation);
    return [invalid(path, value, 'must match `ingressClassName` when both are specified')];
  },
  warnings({ metadata, spec }, old) {
    if (old || metadata.annotations?.[classAnnotation] === undefined || spec.ingressClassName !== undefined) return [];
    return [`annotation "${classAnnotation}" is deprecated, please use 'spec.ingressClassName' instead`];
  },
});

/** `relaxed`: services may be called by any DNS label, as they may since 1.36. */
function validateSpec(spec: IngressSpec, path: Path, relaxed: boolean): FieldError[] {
  const { rules = [], defaultBackend, ingressClassName, tls = [] } = spec;
  const errors: FieldError[] = [];
  if (rules.length === 0 && !defaultBackend) {
    errors.push(invalid(path, null, 'either `defaultBackend` or `rules` must be specified'));
  }
  if (defaultBackend) errors.push(...validateBackend(defaultBackend, path.child('defaultBackend'), relaxed));
  rules.forEach(({ host, http }, i) => {
    const at = path.child('rules').index(i);
    if (host) {
      if (parseIP(host)) errors.push(invalid(at.child('host'), host, 'must be a DNS name, not an IP address'));
      errors.push(...validateHost(host, at.child('host')));
    }
    if (!http) return;
    const paths = at.child('http', 'paths');
    if (!http.paths?.length) errors.push(required(paths));
    (http.paths ?? []).forEach((one, j) => errors.push(...validatePath(one, paths.index(j), relaxed)));
  });
  tls.forEach(({ hosts, secretName }, i) => {
    const at = path.child('tls').index(i);
    (hosts ?? []).forEach((host, j) => errors.push(...validateHost(host, at.child('hosts').index(j))));
    if (secretName) errors.push(...complaints(dns1123Subdomain, at.child('secretName'), secretName));
  });
  if (ingressClassName !== undefined) {
    errors.push(...complaints(dns1123Subdomain, path.child('ingressClassName'), ingressClassName));
  }
  return errors;
}

function validateHost(host: string, path: Path): FieldError[] {
  return complaints(host.includes('*') ? wildcardDns1123Subdomain : dns1123Subdomain, path, host);
}

const invalidSequences = ['//', '/./', '/../', '%2f', '%2F'];
const invalidSuffixes = ['/..', '/.'];

function validatePath(
  { path: target = '', pathType, backend }: HTTPIngressPath,
  path: Path,
  relaxed: boolean,
): FieldError[] {
  const errors: FieldError[] = [];
  const at = path.child('path');
  if (pathType === undefined) return [required(path.child('pathType'), 'pathType must be specified')];
  if (pathType === 'ImplementationSpecific') {
    if (target && !target.startsWith('/')) errors.push(invalid(at, target, 'must be an absolute path'));
  } else if (pathType === 'Exact' || pathType === 'Prefix') {
    if (!target.startsWith('/')) errors.push(invalid(at, target, 'must be an absolute path'));
    if (target) {
      for (const text of invalidSequences) {
        if (target.includes(text)) errors.push(invalid(at, target, `must not contain '${text}'`));
      }
      for (const text of invalidSuffixes) {
        if (target.endsWith(text)) errors.push(invalid(at, target, `cannot end with '${text}'`));
      }
    }
  } else errors.push(...oneOf(pathType, ['Exact', 'ImplementationSpecific', 'Prefix'], path.child('pathType')));
  return [...errors, ...validateBackend(backend ?? {}, path.child('backend'), relaxed)];
}

function validateBackend({ resource, service }: IngressBackend, path: Path, relaxed: boolean): FieldError[] {
  if (resource && service) return [invalid(path, '', 'cannot set both resource and service backends')];
  if (resource) {
    const { apiGroup } = resource;
    const at = path.child('resource');
    return [
      ...(apiGroup === undefined ? [] : complaints(dns1123Subdomain, at.child('apiGroup'), apiGroup)),
      ...(['kind', 'name'] as const).flatMap((field) => {
        const value = resource[field];
        return value ? complaints(pathSegmentName, at.child(field), value) : [required(at.child(field))];
      }),
    ];
  }
  if (!service) return [invalid(path, '', 'resource or service backend is required')];
  const { name, port } = service;
  const at = path.child('service');
  const errors = name
    ? complaints(relaxed ? dns1123Label : dns1035Label, at.child('name'), name)
    : [required(at.child('name'))];
  const { name: portText, number: portNumber } = port ?? {};
  if (portText && portNumber) errors.push(invalid(path, '', 'cannot set both port name & port number'));
  else if (portText) errors.push(...complaints(portName, at.child('port', 'name'), portText));
  else if (portNumber) errors.push(...validatePortNumber(portNumber, at.child('port', 'number')));
  else errors.push(required(path, 'port name or number is required'));
  return errors;
}
