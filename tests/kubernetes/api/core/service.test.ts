import { describe, expect, it } from 'vitest';
import { verdict } from '../verdict';

const service = (spec: string) => `
apiVersion: v1
kind: Service
metadata: {name: web}
spec: ${spec}`;

// pkg/apis/core/validation/validation.go `ValidateService`, `validateServicePort`
describe('a Service', () => {
  it.each([
    ['{}', ['spec.ports: Required value']],
    ['{clusterIP: None}', []],
    [
      '{ports: [{port: 0, targetPort: 80}]}',
      ['spec.ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive'],
    ],
    [
      '{ports: [{port: 80, targetPort: 70000}]}',
      ['spec.ports[0].targetPort: Invalid value: 70000: must be between 1 and 65535, inclusive'],
    ],
    ['{ports: [{port: 80}, {port: 81}]}', ['spec.ports[0].name: Required value', 'spec.ports[1].name: Required value']],
    ['{ports: [{port: 80, name: a}, {port: 81, name: a}]}', ['spec.ports[1].name: Duplicate value: "a"']],
    [
      '{ports: [{port: 80, name: a}, {port: 80, name: b}]}',
      [
        'spec.ports[1]: Duplicate value: {"Name":"","Protocol":"TCP","AppProtocol":null,"Port":80,"TargetPort":0,"NodePort":0}',
      ],
    ],
    [
      '{ports: [{port: 80, protocol: HTTP}]}',
      ['spec.ports[0].protocol: Unsupported value: "HTTP": supported values: "SCTP", "TCP", "UDP"'],
    ],
    [
      '{type: Ingress, ports: [{port: 80}]}',
      [
        'spec.type: Unsupported value: "Ingress": supported values: "ClusterIP", "ExternalName", "LoadBalancer", "NodePort"',
      ],
    ],
    ['{type: ExternalName}', ['spec.externalName: Required value']],
    ['{type: ExternalName, externalName: example.com}', []],
    [
      '{ports: [{port: 80, nodePort: 30080}]}',
      ["spec.ports[0].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'"],
    ],
    [
      '{type: NodePort, clusterIP: None, ports: [{port: 80}]}',
      ['spec.clusterIPs[0]: Invalid value: "None": may not be set to \'None\' for NodePort services'],
    ],
    [
      '{sessionAffinity: Cookie, ports: [{port: 80}]}',
      ['spec.sessionAffinity: Unsupported value: "Cookie": supported values: "ClientIP", "None"'],
    ],
    [
      '{externalTrafficPolicy: Local, ports: [{port: 80}]}',
      ['spec.externalTrafficPolicy: Invalid value: "Local": may only be set for externally-accessible services'],
    ],
  ])('%s', (spec, errors) => {
    expect(verdict(service(spec))).toEqual(errors);
  });

  // pkg/registry/core/service/portallocator
  it('has a node port of the range only', () => {
    expect(verdict(service('{type: NodePort, ports: [{port: 80, nodePort: 8080}]}'))).toEqual([
      'spec.ports[0].nodePort: Invalid value: 8080: provided port is not in the valid range. The range of valid ports is 30000-32767',
    ]);
  });
});
