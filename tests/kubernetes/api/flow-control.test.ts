import { describe, expect, it } from 'vitest';
import { verdict } from './verdict';

const flowcontrol = 'apiVersion: flowcontrol.apiserver.k8s.io/v1\nkind:';

// pkg/apis/flowcontrol/validation/validation.go
describe('priority and fairness', () => {
  it('judges queues and what they are for', () => {
    const level = `${flowcontrol} PriorityLevelConfiguration\nmetadata: {name: a}\nspec: {type: Limited, limited: {limitResponse: {type: Queue, queuing: {queues: 64, handSize: 20}}}}`;
    expect(verdict(level)).toEqual([
      'spec.limited.limitResponse.queuing.handSize: Invalid value: 20: required entropy bits of deckSize 64 and handSize 20 should not be greater than 60',
    ]);
    expect(verdict(`${flowcontrol} PriorityLevelConfiguration\nmetadata: {name: a}\nspec: {type: Exempt}`)).toEqual([
      "spec.type: Invalid value: \"Exempt\": must be 'Exempt' if and only if `name` is 'exempt'",
    ]);
  });

  it('judges schemas', () => {
    const rules =
      'rules: [{subjects: [{kind: User, group: {name: g}}], nonResourceRules: [{verbs: [read], nonResourceURLs: ["/a*"]}]}]';
    const schema = `${flowcontrol} FlowSchema\nmetadata: {name: a}\nspec: {priorityLevelConfiguration: {name: x}, ${rules}}`;
    expect(verdict(schema)).toEqual([
      "spec.rules[0].subjects[0].user: Required value: user is required when subject kind is 'User'",
      "spec.rules[0].subjects[0].group: Forbidden: group is forbidden when subject kind is not 'Group'",
      'spec.rules[0].nonResourceRules[0].verbs: Unsupported value: ["read"]: supported values: "create", "delete", "deletecollection", "get", "list", "patch", "proxy", "update", "watch"',
      'spec.rules[0].nonResourceRules[0].nonResourceURLs[0]: Invalid value: "/a*": wildcard can only do suffix matching',
    ]);
  });
});
