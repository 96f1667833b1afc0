import { describe, expect, it } from 'vitest';
import { verdict } from '../verdict';

const workload = (kind: string, spec: string, { labels = '{app: web}', podSpec = '' } = {}) => `
apiVersion: ${kind === 'Job' ? 'batch/v1' : 'apps/v1'}
kind: ${kind}
metadata: {name: web}
spec:
  ${spec}
  template:
    metadata: {labels: ${labels}}
    spec:
      ${podSpec}
      containers:
        - {name: web, image: "nginx:1.27", ports: [{containerPort: 80, hostPort: 8080}]}
`;
const selector = 'selector: {matchLabels: {app: web}}';
const replicated = ['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet'] as const;

// pkg/apis/apps/validation/validation.go
describe.each(replicated)('a %s', (kind) => {
  const more = kind === 'StatefulSet' ? 'serviceName: web\n  ' : '';

  it('has a template that its selector finds', () => {
    expect(verdict(workload(kind, `${more}${selector}`, { labels: '{app: other}' }))).toEqual([
      'spec.template.metadata.labels: Invalid value: {"app":"other"}: `selector` does not match template `labels`',
    ]);
    expect(verdict(workload(kind, `${more}${selector}`))).toEqual([]);
  });

  it('needs a selector', () => {
    // A DaemonSet's absent selector selects nothing: upstream looks only whether it matches the template.
    const error =
      kind === 'DaemonSet'
        ? 'spec.template.metadata.labels: Invalid value: {"app":"web"}: `selector` does not match template `labels`'
        : 'spec.selector: Required value';
    expect(verdict(workload(kind, more))).toContain(error);
  });

  it('restarts what ends', () => {
    const never = workload(kind, `${more}${selector}`, { podSpec: 'restartPolicy: Never' });
    expect(verdict(never)).toEqual([
      'spec.template.spec.restartPolicy: Unsupported value: "Never": supported values: "Always"',
    ]);
  });

  it('holds its template to the rule of the host network', () => {
    expect(verdict(workload(kind, `${more}${selector}`, { podSpec: 'hostNetwork: true' }))).toEqual([
      'spec.template.spec.containers[0].ports[0].hostPort: Invalid value: 8080: must match `containerPort` when `hostNetwork` is true',
    ]);
  });
});

// pkg/apis/apps/validation/validation.go `ValidateDeploymentSpec`, `ValidateRollingUpdateDeployment`
describe('the strategy of a Deployment', () => {
  const at = 'spec.strategy';
  it.each([
    ['replicas: -1', ['spec.replicas: Invalid value: -1: must be greater than or equal to 0']],
    [
      'strategy: {type: Recreate, rollingUpdate: {maxSurge: 1}}',
      [`${at}.rollingUpdate: Forbidden: may not be specified when strategy \`type\` is 'Recreate'`],
    ],
    ['strategy: {type: Recreate}', []],
    [
      'strategy: {rollingUpdate: {maxSurge: 0, maxUnavailable: 0}}',
      [`${at}.rollingUpdate.maxUnavailable: Invalid value: 0: may not be 0 when \`maxSurge\` is 0`],
    ],
    [
      'strategy: {rollingUpdate: {maxUnavailable: "101%"}}',
      [`${at}.rollingUpdate.maxUnavailable: Invalid value: "101%": must not be greater than 100%`],
    ],
    [
      'strategy: {type: Blue}',
      [`${at}: Unsupported value: {"Type":"Blue","RollingUpdate":null}: supported values: "Recreate", "RollingUpdate"`],
    ],
    [
      'progressDeadlineSeconds: 5\n  minReadySeconds: 5',
      ['spec.progressDeadlineSeconds: Invalid value: 5: must be greater than minReadySeconds'],
    ],
  ])('%s', (spec, errors) => {
    expect(verdict(workload('Deployment', `${selector}\n  ${spec}`))).toEqual(errors);
  });
});

// pkg/apis/apps/validation/validation.go `ValidateRollingUpdateDaemonSet`
describe('the strategy of a DaemonSet', () => {
  const at = 'spec.updateStrategy';
  const surge = 'updateStrategy: {rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}';
  it.each([
    [
      'updateStrategy: {rollingUpdate: {maxSurge: 0, maxUnavailable: 0}}',
      [`${at}.rollingUpdate.maxUnavailable: Required value: cannot be 0 when maxSurge is 0`],
    ],
    [
      'updateStrategy: {rollingUpdate: {maxSurge: 1, maxUnavailable: 1}}',
      [`${at}.rollingUpdate.maxSurge: Invalid value: 1: may not be set when maxUnavailable is non-zero`],
    ],
    [
      'updateStrategy: {type: Blue}',
      [`${at}: Unsupported value: {"Type":"Blue","RollingUpdate":null}: supported values: "RollingUpdate", "OnDelete"`],
    ],
  ])('%s', (spec, errors) => {
    expect(verdict(workload('DaemonSet', `${selector}\n  ${spec}`))).toEqual(errors);
  });

  it('may surge on a host port, although the new Pod then waits for the old one', () => {
    expect(
      verdict(
        workload(
          'DaemonSet',
          `${selector}
  ${surge}`,
        ),
      ),
    ).toEqual([]);
  });
});

// pkg/apis/batch/validation/validation.go `validateJobSpec`
describe('a Job', () => {
  const once = { podSpec: 'restartPolicy: Never' };
  it.each([
    ['parallelism: -1', ['spec.parallelism: Invalid value: -1: must be greater than or equal to 0']],
    ['backoffLimitPerIndex: 1', ['spec.backoffLimitPerIndex: Invalid value: 1: requires indexed completion mode']],
    ['completionMode: Indexed', ['spec.completions: Required value: when completion mode is Indexed']],
    ['completionMode: Indexed\n  completions: 3', []],
  ])('%s', (spec, errors) => {
    const parallel = spec === 'completionMode: Indexed' ? `${spec}\n  parallelism: 1` : spec;
    expect(verdict(workload('Job', parallel, once))).toEqual(errors);
  });

  it('says what becomes of what ends', () => {
    expect(verdict(workload('Job', 'completions: 1'))).toEqual([
      'spec.template.spec.restartPolicy: Required value: valid values: "OnFailure", "Never"',
    ]);
  });
});
