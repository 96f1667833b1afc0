import { describe, it } from 'vitest';
import { expectAnswers } from './run';

// What kubectl v1.36.2 said to a kube-apiserver v1.36.2 without controllers.
describe('what makes objects', () => {
  // Upstream: kubectl/pkg/util/hash/hash.go
  it('names a Secret by its content', () => {
    expectAnswers(undefined, [
      [
        ['create', 'secret', 'generic', 's', '--from-literal=a=b', '--append-hash', '--dry-run=client', '-o', 'yaml'],
        'apiVersion: v1\ndata:\n  a: Yg==\nkind: Secret\nmetadata:\n  name: s-7fd2tm89d8\n',
        '',
        0,
      ],
      [
        ['create', 'secret', 'generic', 's', '--from-literal=a'],
        '',
        'error: invalid literal source a, expected key=value\n',
        1,
      ],
    ]);
  });

  // Upstream: kubectl/pkg/cmd/create/create_role.go
  it('makes roles of verbs and resources', () => {
    expectAnswers(undefined, [
      [['create', 'role', 'r', '--verb=get'], '', 'error: at least one resource must be specified\n', 1],
      [
        ['create', 'role', 'r', '--verb=fly', '--resource=pods'],
        'role.rbac.authorization.k8s.io/r created\n',
        "Warning: 'fly' is not a standard resource verb\n",
        0,
      ],
      [
        ['create', 'role', 'r', '--verb=use', '--resource=pods'],
        '',
        "error: can not perform 'use' on 'pods' in group ''\n",
        1,
      ],
      [
        ['create', 'role', 'r', '--verb=get', '--resource=foos'],
        '',
        'the server doesn\'t have a resource type "foos"\n',
        1,
      ],
      [
        [
          'create',
          'role',
          'r',
          '--verb=get',
          '--resource=pods/log,deployments.apps/scale',
          '--dry-run=client',
          '-o',
          'yaml',
        ],
        'apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata:\n  name: r\nrules:\n- apiGroups:\n  - ""\n  resources:\n  - pods/log\n  verbs:\n  - get\n- apiGroups:\n  - apps\n  resources:\n  - deployments/scale\n  verbs:\n  - get\n',
        '',
        0,
      ],
      [
        ['create', 'rolebinding', 'rb', '--clusterrole=a', '--serviceaccount=b'],
        '',
        'error: serviceaccount must be <namespace>:<name>\n',
        1,
      ],
    ]);
  });

  // Upstream: kubectl/pkg/cmd/create/create_ingress.go
  it('makes Ingresses of rules', () => {
    expectAnswers(undefined, [
      [
        ['create', 'ingress', 'i', '--rule=foo.com/bar=svc:http', '--dry-run=client', '-o', 'yaml'],
        'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: i\nspec:\n  rules:\n  - host: foo.com\n    http:\n      paths:\n      - backend:\n          service:\n            name: svc\n            port:\n              name: http\n        path: /bar\n        pathType: Exact\nstatus:\n  loadBalancer: {}\n',
        '',
        0,
      ],
      [
        ['create', 'ingress', 'i', '--class=c', '--default-backend=svc'],
        '',
        'error: default-backend should be in format servicename:serviceport\n',
        1,
      ],
      [
        ['create', 'ingress', 'i', '--rule=foo.com=svc:80'],
        '',
        'error: rule foo.com=svc:80 is invalid and should be in format host/path=svcname:svcport[,tls[=secret]]\n',
        1,
      ],
    ]);
  });

  // Upstream: kubectl/pkg/cmd/create/create_quota.go, create_token.go
  it('makes quotas and tokens', () => {
    expectAnswers(undefined, [
      [
        ['create', 'quota', 'q', '--hard=pods'],
        '',
        'error: Invalid argument syntax pods, expected <resource>=<value>\n',
        1,
      ],
      [
        ['create', 'quota', 'q', '--hard=pods=1,cpu=2', '--dry-run=client', '-o', 'yaml'],
        'apiVersion: v1\nkind: ResourceQuota\nmetadata:\n  name: q\nspec:\n  hard:\n    cpu: "2"\n    pods: "1"\nstatus: {}\n',
        '',
        0,
      ],
      [
        ['create', 'token', 'default', '--duration=-1s'],
        '',
        'error: --duration must be greater than or equal to 0\n',
        1,
      ],
      [
        ['create', 'token', 'default', '--bound-object-name=x'],
        '',
        'error: --bound-object-name can only be set if --bound-object-kind is provided\n',
        1,
      ],
    ]);
  });

  // Upstream: kubectl/pkg/cmd/create/create_cronjob.go
  it('asks for what is missing', () => {
    expectAnswers(undefined, [
      [['create', 'cronjob', 'c', '--image=busybox'], '', 'error: required flag(s) "schedule" not set\n', 1],
      [['run', 'web', '--image=nginx', '--labels=a'], '', 'error: unexpected label spec: a\n', 1],
    ]);
  });
});
