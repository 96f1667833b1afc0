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
  const parts = text.split(':');
  const first = parts[0] ?? '';
  const port = portNumber(first, 'port');
  const second = parts[1];
  if (second === undefined) return { name: text.replaceAll(':', '-'), port, targetPort: port, protocol: 'TCP' };
  const targetPort = /^\d+$/.test(second) ? portNumber(second, 'port') : second;
  return { name: text.replaceAll(':', '-'), port, targetPort, protocol: 'TCP' };
}

function portNumber(text: string, _what: string): number {
  if (!/^[+-]?\d+$/.test(text)) throw new KubectlError(`strconv.ParseInt: parsing "${text}": invalid syntax`);
  const value = Number(text);
  if (value < 0 || value > 65535) throw new KubectlError('must be between 1 and 65535, inclusive');
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
  const ports = flags.list('tcp').map((text) => {
    const port = parsePort(text);
    const nodePort = flags.has('node-port') ? flags.number('node-port') : 0;
    return nodePort > 0 ? { ...port, nodePort } : port;
  });
  if (ports.length === 0 && !headless && type !== 'ExternalName') {
    throw new KubectlError('at least one tcp port specifier must be provided');
  }
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
  usage: 'NAME [--tcp=<port>:<targetPort>] [--dry-run=server|client|none]',
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
  usage: 'NAME [--tcp=port:targetPort] [--dry-run=server|client|none]',
  flags: [tcp, int('node-port')],
  failure: 'failed to create NodePort service: ',
  make: (name, invocation) => service('NodePort', invocation, name, {}),
};

export const loadBalancer: Generator = {
  name: 'loadbalancer',
  short: 'Create a LoadBalancer service',
  usage: 'NAME [--tcp=port:targetPort] [--dry-run=server|client|none]',
  flags: [tcp],
  failure: 'failed to create LoadBalancer service: ',
  make: (name, invocation) => service('LoadBalancer', invocation, name, {}),
};

export const externalName: Generator = {
  name: 'externalname',
  short: 'Create an ExternalName service',
  usage: 'NAME --external-name external.name [--dry-run=server|client|none]',
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
  usage: 'NAME --rule=host/path=service:port[,tls[=secret]]',
  flags: [string('class'), array('rule'), string('default-backend'), array('annotation')],
  failure: 'failed to create ingress: ',
  make(name, { flags }) {
    const rules = flags.list('rule');
    const fallback = flags.string('default-backend');
    if (rules.length === 0 && fallback === '') {
      throw new KubectlError(
        'not enough information provided: every ingress has to either specify a default-backend (which catches all traffic) or a list of rules (which catch specific paths)',
      );
    }
    const parsed = rules.map(parseRule);
    const hosts = [...new Set(parsed.map((one) => one.host))];
    const annotations = Object.fromEntries(
      flags.list('annotation').map((one) => one.split('=', 2) as [string, string]),
    );
    const className = flags.string('class');
    const tls = parsed.flatMap((one) =>
      one.tls === undefined
        ? []
        : [{ ...(one.host ? { hosts: [one.host] } : {}), ...(one.tls ? { secretName: one.tls } : {}) }],
    );
    return {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { name, ...(Object.keys(annotations).length > 0 ? { annotations } : {}) },
      spec: {
        ...(className ? { ingressClassName: className } : {}),
        ...(fallback ? { defaultBackend: backend(fallback) } : {}),
        ...(hosts.length > 0 && rules.length > 0
          ? {
              rules: hosts.map((host) => ({
                ...(host ? { host } : {}),
                http: { paths: parsed.filter((one) => one.host === host).map((one) => one.path) },
              })),
            }
          : {}),
        ...(tls.length > 0 ? { tls } : {}),
      },
      status: { loadBalancer: {} },
    };
  },
};

/** `host/path=service:port,tls=secret`. Upstream: create_ingress.go `ruleRegex`. */
function parseRule(text: string) {
  const match = /^([^/]*)(\/[^=]*)?=([^:,]+:[^,]+)(?:,tls(?:=(.*))?)?$/.exec(text);
  if (!match) {
    throw new KubectlError(`rule ${text} is invalid and should be in format host/path=svcname:svcport[,tls[=secret]]`);
  }
  const [, host = '', path = '/', target = ''] = match;
  const prefix = path.endsWith('*');
  return {
    host,
    tls: text.includes(',tls') ? (match[4] ?? '') : undefined,
    path: { backend: backend(target), path: prefix ? path.slice(0, -1) : path, pathType: prefix ? 'Prefix' : 'Exact' },
  };
}

function backend(text: string) {
  const [name = '', port = ''] = text.split(':');
  return { service: { name, port: /^\d+$/.test(port) ? { number: Number(port) } : { name: port } } };
}
