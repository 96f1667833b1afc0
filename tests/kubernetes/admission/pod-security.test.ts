import { describe, expect, it } from 'vitest';
import { create, errorsOf } from '../api/verdict';

const namespace = (labels: string) => `
apiVersion: v1
kind: Namespace
metadata: {name: team, labels: {${labels}}}`;
const serviceAccount = `
apiVersion: v1
kind: ServiceAccount
metadata: {name: default, namespace: team}`;
const level = (name: string, version = 'latest') =>
  `pod-security.kubernetes.io/enforce: ${name}, pod-security.kubernetes.io/enforce-version: ${version}`;
const pod = (spec = '', container = '') => `
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: team}
spec:
  ${spec}
  containers:
    - {name: web, image: "nginx:1.27"${container}}
`;
const enter = (labels: string, text: string) => create([namespace(labels), serviceAccount, text]);
const refusal = (policy: string, what: string) => [
  `pods "web" is forbidden: violates PodSecurity "${policy}": ${what}`,
];

// staging/src/k8s.io/pod-security-admission/policy/check_*.go
describe('baseline refuses', () => {
  it.each([
    [pod('hostNetwork: true'), 'host namespaces (hostNetwork=true)'],
    [pod('hostNetwork: true\n  hostPID: true'), 'host namespaces (hostNetwork=true, hostPID=true)'],
    [pod('', ', ports: [{containerPort: 80, hostPort: 8080}]'), 'hostPort (container "web" uses hostPort 8080)'],
    [
      pod('', ', ports: [{containerPort: 80, hostPort: 8080}, {containerPort: 81, hostPort: 443}]'),
      'hostPort (container "web" uses hostPorts 443, 8080)',
    ],
    [
      pod('hostNetwork: true', ', ports: [{containerPort: 80}]'),
      'host namespaces (hostNetwork=true), hostPort (container "web" uses hostPort 80)',
    ],
    [pod('volumes: [{name: root, hostPath: {path: /}}]'), 'hostPath volumes (volume "root")'],
    [
      pod('', ', securityContext: {privileged: true}'),
      'privileged (container "web" must not set securityContext.privileged=true)',
    ],
    [
      pod('', ', securityContext: {capabilities: {add: [NET_ADMIN]}}'),
      'non-default capabilities (container "web" must not include "NET_ADMIN" in securityContext.capabilities.add)',
    ],
  ])('%s', (text, what) => {
    expect(errorsOf(enter(level('baseline'), text))).toEqual(refusal('baseline:latest', what));
  });

  it('nothing that uses only its own network', () => {
    expect(enter(level('baseline'), pod('', ', ports: [{containerPort: 80}]')).code).toBe(201);
  });
});

describe('restricted', () => {
  const hardened =
    ', securityContext: {allowPrivilegeEscalation: false, runAsNonRoot: true, capabilities: {drop: [ALL]}, seccompProfile: {type: RuntimeDefault}}';
  const bare =
    'allowPrivilegeEscalation != false (container "web" must set securityContext.allowPrivilegeEscalation=false), unrestricted capabilities (container "web" must set securityContext.capabilities.drop=["ALL"]), runAsNonRoot != true (pod or container "web" must set securityContext.runAsNonRoot=true), seccompProfile (pod or container "web" must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost")';

  it('refuses what does not harden itself, and says all of it', () => {
    expect(errorsOf(enter(level('restricted'), pod()))).toEqual(refusal('restricted:latest', bare));
  });

  it('takes what does', () => {
    expect(enter(level('restricted'), pod('', hardened)).code).toBe(201);
  });

  it('holds a Pod on the host network to baseline, too', () => {
    expect(errorsOf(enter(level('restricted'), pod('hostNetwork: true', hardened)))).toEqual(
      refusal('restricted:latest', 'host namespaces (hostNetwork=true)'),
    );
  });

  it('knew less in an older version', () => {
    expect(errorsOf(enter(level('restricted', 'v1.7'), pod()))).toEqual(
      refusal(
        'restricted:v1.7',
        'runAsNonRoot != true (pod or container "web" must set securityContext.runAsNonRoot=true)',
      ),
    );
  });
});

// staging/src/k8s.io/pod-security-admission/admission/admission.go
describe('a level that only warns', () => {
  it('lets the Pod in and says why it should not', () => {
    const { code, warnings } = enter('pod-security.kubernetes.io/warn: baseline', pod('hostNetwork: true'));
    expect([code, warnings]).toEqual([
      201,
      ['would violate PodSecurity "baseline:latest": host namespaces (hostNetwork=true)'],
    ]);
  });
});

describe('a namespace', () => {
  it.each([
    [
      'pod-security.kubernetes.io/enforce: strict',
      'metadata.labels[pod-security.kubernetes.io/enforce]: Invalid value: "strict": must be one of privileged, baseline, restricted',
    ],
    [
      'pod-security.kubernetes.io/enforce-version: "1.36"',
      'metadata.labels[pod-security.kubernetes.io/enforce-version]: Invalid value: "1.36": must be "latest" or "v1.x"',
    ],
  ])('cannot ask for %s', (label, error) => {
    expect(errorsOf(create([namespace(label)]))).toEqual([error]);
  });
});
