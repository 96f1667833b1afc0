import { expect, it } from 'vitest';
import { errorsOf } from '../api/verdict';
import { server, yaml } from './server';

const binding = `
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: read, namespace: default}
subjects: [{kind: User, name: jane, apiGroup: rbac.authorization.k8s.io}]
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader}`;
const role = `
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: reader, namespace: default}
rules: [{apiGroups: [""], resources: [pods], verbs: [get]}]`;

function review(spec: string, made: readonly string[], kind = 'SubjectAccessReview', metadata = '{}') {
  const { ask } = server();
  const rbac = { verb: 'create', group: 'rbac.authorization.k8s.io', version: 'v1' } as const;
  for (const text of made) {
    const body = yaml(text);
    ask({ ...rbac, resource: `${String(body.kind).toLowerCase()}s`, body });
  }
  const body = yaml(`{apiVersion: authorization.k8s.io/v1, kind: ${kind}, metadata: ${metadata}, spec: ${spec}}`);
  return ask({
    verb: 'create',
    group: 'authorization.k8s.io',
    version: 'v1',
    resource: `${kind.toLowerCase()}s`,
    body,
  });
}

const get = 'user: jane, resourceAttributes: {verb: get, resource: pods, namespace: default}';

// plugin/pkg/auth/authorizer/rbac/rbac.go, pkg/registry/rbac/validation/rule.go
it('answers who may do what, and by which binding', () => {
  expect(review(`{${get}}`, [role, binding]).body).toMatchObject({
    status: {
      allowed: true,
      reason: 'RBAC: allowed by RoleBinding "read/default" of Role "reader" to User "jane"',
    },
  });
  expect(review(`{${get}}`, []).body).toMatchObject({ status: { allowed: false } });
  expect(review(`{${get}}`, [binding]).body).toMatchObject({
    status: { allowed: false, reason: 'RBAC: roles.rbac.authorization.k8s.io "reader" not found' },
  });
  const own = '{resourceAttributes: {verb: delete, resource: nodes}}';
  expect(review(own, [], 'SelfSubjectAccessReview').body).toMatchObject({ status: { allowed: true } });
});

// pkg/apis/authorization/validation/validation.go
it('refuses a question that asks for nothing, or has a name', () => {
  const answer = review('{}', [], 'SubjectAccessReview', '{name: x}');
  expect(answer.body.message).toMatch(/^\.authorization\.k8s\.io "" is invalid: \[spec\.resourceAttributes: /);
  expect(errorsOf(answer)).toEqual([
    'spec.resourceAttributes: Invalid value: null: exactly one of nonResourceAttributes or resourceAttributes must be specified',
    'spec.user: Invalid value: "": at least one of user or group must be specified',
    'metadata: Invalid value: {"name":"x"}: must be empty',
  ]);
});

it('tells somebody who they are, and stores nothing', () => {
  const { ask } = server();
  const body = yaml('{apiVersion: authentication.k8s.io/v1, kind: SelfSubjectReview}');
  const request = {
    verb: 'create',
    group: 'authentication.k8s.io',
    version: 'v1',
    resource: 'selfsubjectreviews',
  } as const;
  expect(ask({ ...request, user: 'jane', groups: ['dev'], body }).body).toMatchObject({
    status: { userInfo: { username: 'jane', groups: ['dev', 'system:authenticated'] } },
  });
});
