import { describe, expect, it } from 'vitest';
import type { Pod } from '@/kubernetes/api/generated/core-v1';
import { objectOf, server, webPod, yaml } from '../apiserver/server';

const rules = '{apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [pods]}';
const policy = (spec: string) => `
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: {name: no-host}
spec:
  matchConstraints: {resourceRules: [${rules}]}
${spec}`;
const binding = (spec: string) => `
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: {name: everywhere}
spec: {policyName: no-host, ${spec}}`;
const group = 'admissionregistration.k8s.io';

function make(...texts: readonly (readonly [resource: string, group: string, text: string])[]) {
  const { ask } = server();
  for (const [resource, of, text] of texts) {
    const version = 'v1';
    const { code, body } = ask({ verb: 'create', resource, group: of, version, body: yaml(text) });
    if (code !== 201) throw new Error(String(body.message));
  }
  return (text: string) => ask({ verb: 'create', resource: 'pods', body: yaml(text) });
}

const policies = (spec: string, bound: string) =>
  make(
    ['validatingadmissionpolicies', group, policy(spec)],
    ['validatingadmissionpolicybindings', group, binding(bound)],
  );

const hostPod = webPod.replace('spec:', 'spec:\n  hostNetwork: true');
const noHost = `  variables: [{name: host, expression: "has(object.spec.hostNetwork) && object.spec.hostNetwork"}]
  validations: [{expression: "!variables.host", message: not on the host}]`;

describe('a ValidatingAdmissionPolicy', () => {
  it('refuses what its expression denies', () => {
    const create = policies(noHost, 'validationActions: [Deny]');
    const { code, body } = create(hostPod);
    const text = "ValidatingAdmissionPolicy 'no-host' with binding 'everywhere' denied request: not on the host";
    expect([code, body.reason, body.message]).toEqual([422, 'Invalid', `pods "web" is forbidden: ${text}`]);
    expect(body.details).toEqual({ name: 'web', kind: 'pods', causes: [{ message: text }] });
    expect(create(webPod).code).toBe(201);
  });

  it('only warns where the binding says so, with a message worked out', () => {
    const spec = `  validations: [{expression: "object.spec.containers.all(c, !has(c.ports))", messageExpression: "'ports on ' + object.metadata.name"}]`;
    const { code, warnings } = policies(spec, 'validationActions: [Warn]')(webPod);
    expect(code).toBe(201);
    expect(warnings).toEqual([
      "Validation failed for ValidatingAdmissionPolicy 'no-host' with binding 'everywhere': ports on web",
    ]);
  });

  it('leaves alone what its binding does not select', () => {
    const bound = 'validationActions: [Deny], matchResources: {objectSelector: {matchLabels: {app: db}}}';
    expect(policies(noHost, bound)(hostPod).code).toBe(201);
  });

  it('refuses what it cannot evaluate, unless failures are to be ignored', () => {
    const spec = '  validations: [{expression: "object.spec.nope == 1"}]';
    const { body } = policies(spec, 'validationActions: [Deny]')(webPod);
    expect(body.message).toContain("expression 'object.spec.nope == 1' resulted in error: no such key: nope");
    expect(policies(`  failurePolicy: Ignore\n${spec}`, 'validationActions: [Deny]')(webPod).code).toBe(201);
  });

  it.each([
    ['1 + 1', 'must evaluate to bool but got int'],
    ['object.spec.hostNetwork', 'must evaluate to bool but got dyn'],
  ])('must be a condition, unlike %s', (expression, detail) => {
    const spec = `  validations: [{expression: "${expression}"}]`;
    const text = `spec.validations[0].expression: Invalid value: "${expression}": ${detail}`;
    expect(() => policies(spec, 'validationActions: [Deny]')).toThrow(text);
  });

  it.each([
    ['[]', 'spec.validationActions: Required value: at least one validation action is required'],
    ['[Deny, Deny]', 'spec.validationActions[1]: Duplicate value: "Deny"'],
    [
      '[Deny, Warn]',
      'spec.validationActions: Invalid value: ["Deny","Warn"]: must not contain both Deny and Warn (repeating the same validation failure information in the API response and headers serves no purpose)',
    ],
  ])('cannot be bound with the actions %s', (actions, text) => {
    const name = 'ValidatingAdmissionPolicyBinding.admissionregistration.k8s.io "everywhere" is invalid';
    expect(() => policies(noHost, `validationActions: ${actions}`)).toThrow(`${name}: ${text}`);
  });
});

const limits = `
apiVersion: v1
kind: LimitRange
metadata: {name: limits}
spec:
  limits: [{type: Container, default: {cpu: 500m}, defaultRequest: {cpu: 100m}, max: {cpu: "2"}, maxLimitRequestRatio: {cpu: "10"}}]`;
const withResources = (resources: string) => webPod.replace('image:', `resources: ${resources}\n      image:`);

describe('a LimitRange', () => {
  it('gives containers what they do not ask for', () => {
    const { metadata, spec } = objectOf(make(['limitranges', '', limits])(webPod)) as Pod;
    expect(spec.containers[0]?.resources).toEqual({ requests: { cpu: '100m' }, limits: { cpu: '500m' } });
    expect(metadata.annotations).toEqual({
      'kubernetes.io/limit-ranger':
        'LimitRanger plugin set: cpu request for container web; cpu limit for container web',
    });
  });

  it('refuses too much, and too much more than was requested', () => {
    const { code, body } = make(['limitranges', '', limits])(
      withResources('{requests: {cpu: 1m}, limits: {cpu: "3"}}'),
    );
    expect([code, body.message]).toEqual([
      403,
      'pods "web" is forbidden: [maximum cpu usage per Container is 2, but limit is 3, cpu max limit to request ratio per Container is 10, but provided ratio is 3000.000000]',
    ]);
  });
});

const gvisor = `
apiVersion: node.k8s.io/v1
kind: RuntimeClass
metadata: {name: gvisor}
handler: runsc
overhead: {podFixed: {cpu: 100m}}
scheduling: {nodeSelector: {runtime: gvisor}}`;
const sandboxed = webPod.replace('spec:', 'spec:\n  runtimeClassName: gvisor');

describe('a RuntimeClass', () => {
  it('gives its Pods overhead and a node selector', () => {
    const { spec } = objectOf(make(['runtimeclasses', 'node.k8s.io', gvisor])(sandboxed)) as Pod;
    expect([spec.overhead, spec.nodeSelector]).toEqual([{ cpu: '100m' }, { runtime: 'gvisor' }]);
  });

  it.each([
    [sandboxed, 'RuntimeClass "gvisor" not found'],
    [
      webPod.replace('spec:', 'spec:\n  overhead: {cpu: 5m}'),
      'Pod Overhead set without corresponding RuntimeClass defined Overhead',
    ],
  ])('has to be there: %#', (text, why) => {
    expect(make()(text).body.message).toBe(`pods "web" is forbidden: pod rejected: ${why}`);
  });
});
