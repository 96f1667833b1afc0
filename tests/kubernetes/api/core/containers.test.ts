import { describe, expect, it } from 'vitest';
import { verdict } from '../verdict';

const pod = (container: string, spec = '') => `
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  ${spec}
  containers:
    - name: web
      image: nginx:1.27
      ${container}
`;
const at = 'spec.containers[0]';

// pkg/apis/core/validation/validation.go `validateProbe`, `validateLivenessProbe`, `validateHandler`
describe('probes', () => {
  it.each([
    ['readinessProbe: {}', [`${at}.readinessProbe: Required value: must specify a handler type`]],
    [
      'readinessProbe: {httpGet: {port: 80}, tcpSocket: {port: 80}}',
      [`${at}.readinessProbe.tcpSocket: Forbidden: may not specify more than 1 handler type`],
    ],
    [
      'livenessProbe: {tcpSocket: {port: 80}, successThreshold: 2}',
      [`${at}.livenessProbe.successThreshold: Invalid value: 2: must be 1`],
    ],
    [
      'startupProbe: {tcpSocket: {port: 80}, successThreshold: 2}',
      [`${at}.startupProbe.successThreshold: Invalid value: 2: must be 1`],
    ],
    ['readinessProbe: {tcpSocket: {port: 80}, successThreshold: 2}', []],
    [
      'readinessProbe: {tcpSocket: {port: 0}}',
      [`${at}.readinessProbe.tcpSocket.port: Invalid value: 0: must be between 1 and 65535, inclusive`],
    ],
    [
      'readinessProbe: {tcpSocket: {port: 80}, periodSeconds: -1}',
      [`${at}.readinessProbe.periodSeconds: Invalid value: -1: must be greater than or equal to 0`],
    ],
    [
      'readinessProbe: {tcpSocket: {port: 80}, terminationGracePeriodSeconds: 5}',
      [`${at}.readinessProbe.terminationGracePeriodSeconds: Invalid value: 5: must not be set for readinessProbes`],
    ],
    [
      'readinessProbe: {httpGet: {port: 80, scheme: FTP}}',
      [`${at}.readinessProbe.httpGet.scheme: Unsupported value: "FTP": supported values: "HTTP", "HTTPS"`],
    ],
    ['readinessProbe: {exec: {command: []}}', [`${at}.readinessProbe.exec.command: Required value`]],
    ['lifecycle: {postStart: {}}', [`${at}.lifecycle.postStart: Required value: must specify a handler type`]],
  ])('%s', (text, errors) => {
    expect(verdict(pod(text))).toEqual(errors);
  });
});

// pkg/apis/core/validation/validation.go `ValidateResourceRequirements`
describe('resources', () => {
  it.each([
    [
      '{requests: {cpu: "2"}, limits: {cpu: "1"}}',
      [`${at}.resources.requests: Invalid value: "2": must be less than or equal to cpu limit of 1`],
    ],
    [
      '{limits: {memory: "-1Mi"}}',
      [
        `${at}.resources.limits[memory]: Invalid value: "-1Mi": must be greater than or equal to 0`,
        `${at}.resources.requests[memory]: Invalid value: "-1Mi": must be greater than or equal to 0`,
      ],
    ],
    [
      '{requests: {hugepages-2Mi: 4Mi}}',
      [
        `${at}.resources.limits: Required value: Limit must be set for non overcommitable resources`,
        `${at}.resources: Forbidden: HugePages require cpu or memory`,
      ],
    ],
    ['{requests: {cpu: 250m, memory: 64Mi}, limits: {memory: 64Mi}}', []],
    ['{limits: {example.com/gpu: 1}}', []],
  ])('%s', (text, errors) => {
    expect(verdict(pod(`resources: ${text}`))).toEqual(errors);
  });
});

// pkg/apis/core/validation/validation.go `ValidateVolumes`, `ValidateVolumeMounts`
describe('volumes', () => {
  const mounted = (name: string) => `volumeMounts: [{name: ${name}, mountPath: /data}]`;
  it.each([
    ['[{name: data}]', []],
    ['[{name: data, emptyDir: {}}, {name: data, emptyDir: {}}]', ['spec.volumes[1].name: Duplicate value: "data"']],
    [
      '[{name: data, emptyDir: {}, hostPath: {path: /x}}]',
      ['spec.volumes[0].hostPath: Forbidden: may not specify more than 1 volume type'],
    ],
    ['[{name: data, hostPath: {}}]', ['spec.volumes[0].hostPath.path: Required value']],
    [
      '[{name: data, hostPath: {path: /a/../b}}]',
      ['spec.volumes[0].hostPath.path: Invalid value: "/a/../b": must not contain \'..\''],
    ],
    ['[{name: data, configMap: {}}]', ['spec.volumes[0].configMap.name: Required value']],
    ['[{name: data, secret: {}}]', ['spec.volumes[0].secret.secretName: Required value']],
    ['[{name: data, persistentVolumeClaim: {}}]', ['spec.volumes[0].persistentVolumeClaim.claimName: Required value']],
  ])('%s', (volumes, errors) => {
    expect(verdict(pod('', `volumes: ${volumes}`))).toEqual(errors);
  });

  it('that are refused cannot be mounted either', () => {
    expect(verdict(pod(mounted('data'), 'volumes: [{name: data, configMap: {}}]'))).toEqual([
      'spec.volumes[0].configMap.name: Required value',
      `${at}.volumeMounts[0].name: Not found: "data"`,
    ]);
  });

  it('are there for every mount', () => {
    expect(verdict(pod(mounted('gone')))).toEqual([`${at}.volumeMounts[0].name: Not found: "gone"`]);
  });

  it('are mounted at one path once', () => {
    const twice = 'volumeMounts: [{name: a, mountPath: /data}, {name: b, mountPath: /data}]';
    const volumes = 'volumes: [{name: a, emptyDir: {}}, {name: b, emptyDir: {}}]';
    expect(verdict(pod(twice, volumes))).toEqual([
      `${at}.volumeMounts[1].mountPath: Invalid value: "/data": must be unique`,
    ]);
  });
});

// pkg/apis/core/validation/validation.go `validateContainers`, `validateContainerCommon`
describe('containers', () => {
  it.each([
    ['containers: [{name: a, image: x}, {name: a, image: x}]', ['spec.containers[1].name: Duplicate value: "a"']],
    ['containers: [{name: a}]', ['spec.containers[0].image: Required value']],
    ['containers: [{image: x}]', ['spec.containers[0].name: Required value']],
    ['containers: []', ['spec.containers: Required value']],
    [
      'containers: [{name: a, image: x, imagePullPolicy: Sometimes}]',
      [
        'spec.containers[0].imagePullPolicy: Unsupported value: "Sometimes": supported values: "Always", "IfNotPresent", "Never"',
      ],
    ],
    [
      'containers: [{name: a, image: x}]\n  initContainers: [{name: a, image: x}]',
      ['spec.initContainers[0].name: Duplicate value: "a"'],
    ],
    ['containers: [{name: a, image: x, env: [{value: x}]}]', ['spec.containers[0].env[0].name: Required value']],
    [
      'containers: [{name: a, image: x}]\n  restartPolicy: Sometimes',
      ['spec.restartPolicy: Unsupported value: "Sometimes": supported values: "Always", "OnFailure", "Never"'],
    ],
    [
      'containers: [{name: a, image: x, securityContext: {privileged: true, allowPrivilegeEscalation: false}}]',
      [
        'spec.containers[0].securityContext: Invalid value: {"Capabilities":null,"Privileged":true,"SELinuxOptions":null,"WindowsOptions":null,"RunAsUser":null,"RunAsGroup":null,"RunAsNonRoot":null,"ReadOnlyRootFilesystem":null,"AllowPrivilegeEscalation":false,"ProcMount":null,"SeccompProfile":null,"AppArmorProfile":null}: cannot set `allowPrivilegeEscalation` to false and `privileged` to true',
      ],
    ],
  ])('%s', (spec, errors) => {
    expect(verdict(`apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  ${spec}`)).toEqual(errors);
  });
});
