import { describe, expect, it } from 'vitest';
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

// pkg/registry/authentication/tokenreview/storage.go
describe('a question about a token', () => {
  const asked = (spec: object) =>
    server().ask({
      verb: 'create',
      group: 'authentication.k8s.io',
      resource: 'tokenreviews',
      namespace: undefined,
      body: { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenReview', spec },
    });

  it('needs one', () => {
    expect([asked({}).code, asked({}).body.message]).toEqual([
      400,
      'token is required for TokenReview in authentication',
    ]);
  });

  it('knows none', () => {
    expect(asked({ token: 'abc' }).body).toMatchObject({ status: { user: {}, error: 'invalid bearer token' } });
  });
});

// pkg/registry/authorization/selfsubjectrulesreview/rest.go
describe('what somebody may do, rule by rule', () => {
  const asked = (user: string, namespace?: string) => {
    const { ask } = server();
    const rbac = { group: 'rbac.authorization.k8s.io', namespace: 'default' };
    const role = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata: { name: 'r' } };
    const rules = [{ verbs: ['get'], apiGroups: [''], resources: ['pods'] }];
    ask({ verb: 'create', ...rbac, resource: 'roles', body: { ...role, rules } });
    const subjects = [{ kind: 'User', name: 'jane' }];
    const roleRef = { kind: 'Role', name: 'r' };
    ask({
      verb: 'create',
      ...rbac,
      resource: 'rolebindings',
      body: { ...role, kind: 'RoleBinding', subjects, roleRef },
    });
    return ask({
      verb: 'create',
      group: 'authorization.k8s.io',
      resource: 'selfsubjectrulesreviews',
      user,
      namespace: undefined,
      body: { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectRulesReview', spec: { namespace } },
    });
  };

  it('is asked of a namespace', () => {
    expect(asked('jane').body.message).toBe('no namespace on request');
  });

  it('is what roles give, and what everybody has', () => {
    const { body } = asked('jane', 'default');
    expect(body).toMatchObject({
      spec: {},
      status: {
        incomplete: true,
        evaluationError: 'node authorizer does not support user rule resolution',
        resourceRules: [
          { verbs: ['get'], apiGroups: [''], resources: ['pods'] },
          {
            verbs: ['create'],
            apiGroups: ['authorization.k8s.io'],
            resources: ['selfsubjectaccessreviews', 'selfsubjectrulesreviews'],
          },
          { verbs: ['create'], apiGroups: ['authentication.k8s.io'], resources: ['selfsubjectreviews'] },
        ],
      },
    });
    expect(asked('jane', 'other').body).not.toMatchObject({ status: { resourceRules: [{ verbs: ['get'] }] } });
    const all = { verbs: ['*'], apiGroups: ['*'], resources: ['*'] };
    expect(asked('kubernetes-admin', 'default').body).toHaveProperty('status.resourceRules.0', all);
  });
});
