import { dns1123Subdomain, portName } from '@/kubernetes/api/meta/names';
import { KubectlError } from '../../errors';
import { type Flag, array, int, slice, string } from '../../flags/flag';
import type { Invocation } from '../../invocation';
import type { Generator, Made } from './generator';

interface Port {
  readonly name: string;
  readonly port: number;
  readonly targetPort: number | string;
  readonly protocol: 'TCP';
}

/** `80`, `80:8080`, `80:http`. Upstream: create_service.go `parsePorts`. */
function parsePort(text: string): Port {
  const [first = '', second] = text.split(':');
  const port = portNumber(first);
  const name = text.replaceAll(':', '-');
  if (second === undefined) return { name, port, targetPort: port, protocol: 'TCP' };
  return { name, port, targetPort: targetPortOf(second), protocol: 'TCP' };
}

/** Upstream: k8s.io/utils/net `ParsePort`: zero is allowed. */
function portNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new KubectlError(`strconv.ParseUint: parsing ${JSON.stringify(text)}: invalid syntax`);
  if (Number(text) > 65535)
    throw new KubectlError(`strconv.ParseUint: parsing ${JSON.stringify(text)}: value out of range`);
  return Number(text);
}

function targetPortOf(text: string): number | string {
  if (!/^[+-]?\d+$/.test(text)) {
    const problems = portName(text);
    if (problems.length > 0) throw new KubectlError(problems.join(','));
    return text;
  }
  const value = Number(text);
  if (value < 1 || value > 65535) throw new KubectlError('must be between 1 and 65535, inclusive');
  return value;
}

function service(
  type: string,
  invocation: Invocation,
  name: string,
  more: { readonly [field: string]: unknown },
): Made {
  const { flags } = invocation;
  const headless = flags.has('clusterip') && flags.string('clusterip') === 'None';
  if (flags.list('tcp').length === 0 && !headless && type !== 'ExternalName') {
    throw new KubectlError('at least one tcp port specifier must be provided');
  }
  const external = String(more.externalName ?? '');
  if (type === 'ExternalName' && dns1123Subdomain(external).length > 0) {
    throw new KubectlError(`invalid service external name ${external}`);
  }
  const ports = flags.list('tcp').map((text) => {
    const port = parsePort(text);
    const nodePort = flags.has('node-port') ? flags.number('node-port') : 0;
    return nodePort !== 0 ? { ...port, nodePort } : port;
  });
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, labels: { app: name } },
    spec: { ...(ports.length > 0 ? { ports } : {}), selector: { app: name }, type, ...more },
    status: { loadBalancer: {} },
  };
}

const tcp: Flag = slice('tcp');

export const clusterIp: Generator = {
  name: 'clusterip',
  short: 'Create a ClusterIP service',
  flags: [tcp, string('clusterip')],
  failure: 'failed to create ClusterIP service: ',
  make(name, invocation) {
    const clusterIP = invocation.flags.string('clusterip');
    return service('ClusterIP', invocation, name, clusterIP ? { clusterIP } : {});
  },
};

export const nodePort: Generator = {
  name: 'nodeport',
  short: 'Create a NodePort service',
  flags: [tcp, int('node-port')],
  failure: 'failed to create NodePort service: ',
  make: (name, invocation) => service('NodePort', invocation, name, {}),
};

export const loadBalancer: Generator = {
  name: 'loadbalancer',
  short: 'Create a LoadBalancer service',
  flags: [tcp],
  failure: 'failed to create LoadBalancer service: ',
  make: (name, invocation) => service('LoadBalancer', invocation, name, {}),
};

export const externalName: Generator = {
  name: 'externalname',
  short: 'Create an ExternalName service',
  flags: [tcp, string('external-name')],
  required: ['external-name'],
  failure: 'failed to create ExternalName service: ',
  make: (name, invocation) =>
    service('ExternalName', invocation, name, { externalName: invocation.flags.string('external-name') }),
};

export const ingress: Generator = {
  name: 'ingress',
  aliases: ['ing'],
  short: 'Create an ingress with the specified name',
  flags: [string('class'), array('rule'), string('default-backend'), array('annotation')],
  failure: 'failed to create ingress: ',
  make(name, { flags }) {
    const rules = flags.list('rule');
    const fallback = flags.string('default-backend');
    validateIngress(rules, flags.list('annotation'), fallback);
    const annotations = Object.fromEntries(flags.list('annotation').map(annotationOf));
    const className = flags.string('class');
    const tls = tlsOf(rules);
    return {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { name, ...(Object.keys(annotations).length > 0 ? { annotations } : {}) },
      spec: {
        ...(className ? { ingressClassName: className } : {}),
        ...(fallback ? { defaultBackend: backend(fallback) } : {}),
        ...(rules.length > 0 ? { rules: rulesOf(rules) } : {}),
        ...(tls.length > 0 ? { tls } : {}),
      },
      status: { loadBalancer: {} },
    };
  },
};

/** `host/path=service:port[,tls[=secret]]`. Upstream: create_ingress.go `ruleRegex`. */
const ruleForm = /^[\w*\-.]*\/.*=[\w-]+:[\w-]+(?:,tls=?(?:[\w-]+)?)?/;

/** Upstream: create_ingress.go `Validate`. */
function validateIngress(rules: readonly string[], annotations: readonly string[], fallback: string): void {
  if (rules.length === 0 && fallback === '') {
    throw new KubectlError(
      'not enough information provided: every ingress has to either specify a default-backend (which catches all traffic) or a list of rules (which catch specific paths)',
    );
  }
  const bad = rules.find((rule) => !ruleForm.test(rule));
  if (bad !== undefined) {
    throw new KubectlError(`rule ${bad} is invalid and should be in format host/path=svcname:svcport[,tls[=secret]]`);
  }
  const loose = annotations.find((one) => !one.includes('='));
  if (loose !== undefined) {
    throw new KubectlError(`annotation ${loose} is invalid and should be in format key=[value]`);
  }
  if (fallback !== '' && fallback.split(':').length !== 2) {
    throw new KubectlError('default-backend should be in format servicename:serviceport');
  }
}

function annotationOf(text: string): [key: string, value: string] {
  const equals = text.indexOf('=');
  return [text.slice(0, equals), text.slice(equals + 1)];
}

/** Paths of one host stand together. Upstream: create_ingress.go `buildIngressRules`. */
function rulesOf(rules: readonly string[]) {
  const hosts = new Map<string, { backend: ReturnType<typeof backend>; path: string; pathType: string }[]>();
  for (const rule of rules) {
    const [target = ''] = rule.split(',');
    const slash = target.indexOf('/');
    const host = target.slice(0, slash);
    const [path = '', service = ''] = target.slice(slash).split('=');
    const prefix = path.endsWith('*');
    const entry = {
      backend: backend(service),
      path: prefix ? path.slice(0, -1) : path,
      pathType: prefix ? 'Prefix' : 'Exact',
    };
    hosts.set(host, [...(hosts.get(host) ?? []), entry]);
  }
  return [...hosts].map(([host, paths]) => ({ ...(host ? { host } : {}), http: { paths } }));
}

/** A host once; hosts of one secret stand together. Upstream: create_ingress.go `buildTLSRules`. */
function tlsOf(rules: readonly string[]) {
  const out: { hosts?: string[]; secretName?: string }[] = [];
  const seen = new Set<string>();
  for (const rule of rules) {
    const [, option, more] = rule.split(',');
    if (option === undefined || more !== undefined) continue;
    const [host = ''] = rule.split('/');
    if (seen.has(host)) continue;
    seen.add(host);
    const secret = option.split('=')[1] ?? '';
    const same = out.find((one) => (one.secretName ?? '') === secret);
    if (same) same.hosts = [...(same.hosts ?? []), host];
    else if (host !== '' || secret !== '') {
      out.push({ ...(host ? { hosts: [host] } : {}), ...(secret ? { secretName: secret } : {}) });
    }
  }
  return out;
}

function backend(text: string) {
  const [name = '', port = ''] = text.split(':');
  return { service: { name, port: /^\d+$/.test(port) ? { number: Number(port) } : { name: port } } };
}
