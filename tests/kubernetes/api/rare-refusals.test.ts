import { describe, expect, it } from 'vitest';
import { verdict } from './verdict';

describe('texts of rare refusals', () => {
  // pkg/apis/node/validation/validation.go `validateTolerations`
  it('a toleration that is there twice', () => {
    const one = '{key: a, operator: Exists, effect: NoSchedule}';
    const text = `{apiVersion: node.k8s.io/v1, kind: RuntimeClass, metadata: {name: a}, handler: h, scheduling: {tolerations: [${one}, ${one}]}}`;
    expect(verdict(text)).toEqual([
      'scheduling.tolerations[1]: Duplicate value: {"Key":"a","Operator":"Exists","Value":"","Effect":"NoSchedule","TolerationSeconds":null}',
    ]);
  });

  // pkg/apis/rbac/validation/validation.go `ValidateClusterRole`
  it('a selector that cannot be made is refused twice', () => {
    const selector = '{matchExpressions: [{key: a, operator: Is}]}';
    const text = `{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {name: a}, aggregationRule: {clusterRoleSelectors: [${selector}]}}`;
    const at = 'aggregationRule.clusterRoleSelectors[0]';
    expect(verdict(text)).toEqual([
      `${at}.matchExpressions[0].operator: Invalid value: "Is": not a valid selector operator`,
      `${at}: Invalid value: null: invalid label selector.`,
    ]);
  });

  // pkg/apis/policy/validation/validation.go: the spec only
  it('a PodDisruptionBudget is asked for its name last', () => {
    const text = `{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {}, spec: {maxUnavailable: -1}}`;
    expect(verdict(text)).toEqual(['spec.maxUnavailable: Invalid value: -1: must be greater than or equal to 0']);
    const named = `{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {}, spec: {}}`;
    expect(verdict(named)).toEqual(['metadata.name: Required value: name or generateName is required']);
  });

  // pkg/apis/core/validation/validation.go `validateOS`, `validateContainerRestartPolicy`
  it('an operating system without a name, and restart rules without values', () => {
    const pod = (fields: string, container = '') =>
      `{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: c, image: i${container}}]${fields}}}`;
    expect(verdict(pod(', os: {}'))).toEqual(['spec.os.name: Required value']);
    const rules = ', restartPolicy: Never, restartPolicyRules: [{action: Restart, exitCodes: {operator: In}}]';
    expect(verdict(pod('', rules))).toEqual([]);
  });

  // pkg/apis/discovery/validation/validation.go `validatePorts`
  it('the port of a slice has no range', () => {
    const text = `{apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {name: a}, addressType: IPv4, endpoints: [], ports: [{port: 70000}]}`;
    expect(verdict(text)).toEqual([]);
  });

  // pkg/apis/core/validation/validation.go `ValidateNode`
  it('two ranges of a Node must be of two families', () => {
    const node = (cidrs: string) => `{apiVersion: v1, kind: Node, metadata: {name: a}, spec: {podCIDRs: ${cidrs}}}`;
    expect(verdict(node('[10.0.0.0/24, "fd00::/64"]'))).toEqual([]);
    expect(verdict(node('[10.0.0.0/24, 10.0.1.0/24]'))).toEqual([
      'spec.podCIDRs: Invalid value: ["10.0.0.0/24","10.0.1.0/24"]: may specify no more than one CIDR for each IP family',
    ]);
  });

  // pkg/apis/batch/types.go: printed as the internal type
  it('a success policy without indexes', () => {
    const text = `
apiVersion: batch/v1
kind: Job
metadata: {name: a}
spec: {successPolicy: {rules: [{succeededCount: 1}]}, template: {spec: {restartPolicy: Never, containers: [{name: c, image: i}]}}}`;
    expect(verdict(text)).toEqual([
      'spec.successPolicy: Invalid value: {"Rules":[{"SucceededIndexes":null,"SucceededCount":1}]}: requires indexed completion mode',
    ]);
  });
});
