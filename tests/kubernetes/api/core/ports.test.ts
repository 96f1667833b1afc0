import { describe, expect, it } from 'vitest';
import { verdict } from '../verdict';

const pod = (ports: string, spec = '', more = '') => `
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  ${spec}
  containers:
    - {name: web, image: "nginx:1.27", ports: ${ports}}
    ${more}
`;
const path = 'spec.containers[0].ports[0]';
const range = 'must be between 1 and 65535, inclusive';
const hostRule = 'must match `containerPort` when `hostNetwork` is true';

// pkg/apis/core/validation/validation.go `validateContainerPorts`
describe('the ports of a container', () => {
  it.each([
    ['[{containerPort: 0}]', [`${path}.containerPort: Required value`]],
    ['[{hostPort: 80}]', [`${path}.containerPort: Required value`]],
    ['[{containerPort: 65536}]', [`${path}.containerPort: Invalid value: 65536: ${range}`]],
    ['[{containerPort: -1}]', [`${path}.containerPort: Invalid value: -1: ${range}`]],
    ['[{containerPort: 80, hostPort: 65536}]', [`${path}.hostPort: Invalid value: 65536: ${range}`]],
    ['[{containerPort: 80, hostPort: -5}]', [`${path}.hostPort: Invalid value: -5: ${range}`]],
    [
      '[{containerPort: 80, protocol: HTTP}]',
      [`${path}.protocol: Unsupported value: "HTTP": supported values: "SCTP", "TCP", "UDP"`],
    ],
    [
      '[{containerPort: 80, protocol: tcp}]',
      [`${path}.protocol: Unsupported value: "tcp": supported values: "SCTP", "TCP", "UDP"`],
    ],
    [
      '[{containerPort: 80, name: a-name-that-is-long}]',
      [`${path}.name: Invalid value: "a-name-that-is-long": must be no more than 15 characters`],
    ],
    [
      '[{containerPort: 80, name: "8080"}]',
      [`${path}.name: Invalid value: "8080": must contain at least one letter (a-z)`],
    ],
    [
      '[{containerPort: 80, name: a--b}]',
      [`${path}.name: Invalid value: "a--b": must not contain consecutive hyphens`],
    ],
    [
      '[{containerPort: 80, name: http}, {containerPort: 81, name: http}]',
      ['spec.containers[0].ports[1].name: Duplicate value: "http"'],
    ],
  ])('cannot be %s', (ports, errors) => {
    expect(verdict(pod(ports))).toEqual(errors);
  });

  it.each([
    '[]',
    '[{containerPort: 1}, {containerPort: 65535}]',
    '[{containerPort: 80, hostPort: 8080}]',
    '[{containerPort: 80}, {containerPort: 80}]',
    '[{containerPort: 53, protocol: UDP, hostPort: 53}, {containerPort: 53, hostPort: 53}]',
    '[{containerPort: 80, hostPort: 80, hostIP: 127.0.0.1}, {containerPort: 80, hostPort: 80, hostIP: 127.0.0.2}]',
  ])('can be %s', (ports) => {
    expect(verdict(pod(ports))).toEqual([]);
  });
});

// pkg/apis/core/validation/validation.go `checkHostPortConflicts`, `AccumulateUniqueHostPorts`
describe('one host port', () => {
  it('cannot be had twice by a container', () => {
    expect(verdict(pod('[{containerPort: 80, hostPort: 8080}, {containerPort: 81, hostPort: 8080}]'))).toEqual([
      'spec.containers[0].ports[1].hostPort: Duplicate value: "TCP//8080"',
    ]);
  });

  it('cannot be had by two containers', () => {
    const other =
      '- {name: other, image: "nginx:1.27", ports: [{containerPort: 81, hostPort: 8080, hostIP: 10.0.0.1}]}';
    const same = '[{containerPort: 80, hostPort: 8080, hostIP: 10.0.0.1}]';
    expect(verdict(pod(same, '', other))).toEqual([
      'spec.containers[1].ports[0].hostPort: Duplicate value: "TCP/10.0.0.1/8080"',
    ]);
    expect(verdict(pod('[{containerPort: 80, hostPort: 8080}]', '', other))).toEqual([]);
  });
});

// pkg/apis/core/validation/validation.go `validateHostNetwork`; pkg/apis/core/v1/defaults.go
describe('on the host network', () => {
  it.each([
    ['[{containerPort: 80, hostPort: 8080}]', [`${path}.hostPort: Invalid value: 8080: ${hostRule}`]],
    [
      '[{containerPort: 80, hostPort: 8080}, {containerPort: 81, hostPort: 8181}]',
      [
        `${path}.hostPort: Invalid value: 8080: ${hostRule}`,
        `spec.containers[0].ports[1].hostPort: Invalid value: 8181: ${hostRule}`,
      ],
    ],
    ['[{containerPort: 80, hostPort: 80}]', []],
    ['[{containerPort: 80}]', []],
    [
      '[{containerPort: 80}, {containerPort: 80}]',
      ['spec.containers[0].ports[1].hostPort: Duplicate value: "TCP//80"'],
    ],
  ])('%s', (ports, errors) => {
    expect(verdict(pod(ports, 'hostNetwork: true'))).toEqual(errors);
  });

  it('goes with no user namespace', () => {
    expect(verdict(pod('[]', 'hostNetwork: true\n  hostUsers: false'))).toEqual([
      'spec.hostNetwork: Forbidden: when `hostUsers` is false',
    ]);
  });

  it.each([
    ['ClusterFirstWithHostNet', []],
    ['Default', []],
    [
      'Host',
      [
        'spec.dnsPolicy: Unsupported value: "Host": supported values: "ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"',
      ],
    ],
    ['None', ['spec.dnsConfig: Required value: must provide `dnsConfig` when `dnsPolicy` is None']],
  ])('has the DNS policy %s', (policy, errors) => {
    expect(verdict(pod('[]', `hostNetwork: true\n  dnsPolicy: ${policy}`))).toEqual(errors);
  });
});
