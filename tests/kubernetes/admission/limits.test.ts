import { describe, expect, it } from 'vitest';
import type { Pod } from '@/kubernetes/api/generated/core-v1';
import type { Ingress } from '@/kubernetes/api/generated/networking-v1';
import { create, errorsOf } from '../api/verdict';
import { objectOf } from '../apiserver/server';

const range = (limits: string) => `
apiVersion: v1
kind: LimitRange
metadata: {name: limits}
spec: {limits: [${limits}]}`;
const pod = (containers: string, more = '') => `
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers: [${containers}]
  ${more}`;
const container = (resources: string, name = 'web') => `{name: ${name}, image: x, resources: ${resources}}`;
const claim = (storage: string) => `
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data}
spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: ${storage}}}}`;

// plugin/pkg/admission/limitranger/admission.go
describe('a LimitRange of containers', () => {
  it.each([
    [
      'min: {memory: 64Mi}',
      '{requests: {memory: 32Mi}, limits: {memory: 1Gi}}',
      'minimum memory usage per Container is 64Mi, but request is 32Mi',
    ],
    ['max: {cpu: 1}', '{limits: {cpu: 2}}', 'maximum cpu usage per Container is 1, but limit is 2'],
    [
      'maxLimitRequestRatio: {cpu: 2}',
      '{requests: {cpu: 100m}, limits: {cpu: 300m}}',
      'cpu max limit to request ratio per Container is 2, but provided ratio is 3.000000',
    ],
    [
      'maxLimitRequestRatio: {cpu: 2}',
      '{}',
      'cpu max limit to request ratio per Container is 2, but no request is specified or request is 0',
    ],
    [
      'maxLimitRequestRatio: {cpu: 2}',
      '{requests: {cpu: 1}}',
      'cpu max limit to request ratio per Container is 2, but no limit is specified or limit is 0',
    ],
  ])('with %s refuses %s', (limits, resources, why) => {
    const answer = create([range(`{type: Container, ${limits}}`), pod(container(resources))]);
    expect(errorsOf(answer)).toEqual([`pods "web" is forbidden: ${why}`]);
  });

  it('says once what two containers do', () => {
    const two = [container('{limits: {cpu: 2}}'), container('{limits: {cpu: 2}}', 'log')].join(', ');
    expect(errorsOf(create([range('{type: Container, max: {cpu: 1}}'), pod(two)]))).toEqual([
      'pods "web" is forbidden: maximum cpu usage per Container is 1, but limit is 2',
    ]);
  });

  it('counts init containers', () => {
    const text = pod(container('{}'), `initContainers: [${container('{}', 'first')}]`);
    const made = objectOf(create([range('{type: Container, defaultRequest: {cpu: 10m}}'), text])) as Pod;
    expect(made.spec.initContainers?.[0]?.resources?.requests).toEqual({ cpu: '10m' });
    expect(made.metadata.annotations?.['kubernetes.io/limit-ranger']).toBe(
      'LimitRanger plugin set: cpu request for container web; cpu request for init container first',
    );
  });
});

describe('a LimitRange of Pods', () => {
  const limits = range('{type: Pod, max: {memory: 1Gi}}');
  const half = '{limits: {memory: 600Mi}}';

  it('adds containers up', () => {
    const answer = create([limits, pod(`${container(half)}, ${container(half, 'log')}`)]);
    expect(errorsOf(answer)).toEqual([
      'pods "web" is forbidden: maximum memory usage per Pod is 1Gi, but limit is 1200Mi',
    ]);
  });

  it('counts of init containers the largest, as they run one after another', () => {
    const init = `initContainers: [${container(half, 'a')}, ${container(half, 'b')}]`;
    expect(create([limits, pod(container(half), init)]).code).toBe(201);
  });

  it('counts sidecars beside containers', () => {
    const init = `initContainers: [{name: a, image: x, restartPolicy: Always, resources: ${half}}]`;
    expect(create([limits, pod(container(half), init)]).code).toBe(403);
  });

  it('wants a limit of everybody', () => {
    expect(errorsOf(create([limits, pod(container('{}'))]))).toEqual([
      'pods "web" is forbidden: maximum memory usage per Pod is 1Gi.  No limit is specified',
    ]);
  });
});

describe('a LimitRange of claims', () => {
  const limits = range('{type: PersistentVolumeClaim, min: {storage: 1Gi}, max: {storage: 10Gi}}');
  it.each([
    ['500Mi', ['minimum storage usage per PersistentVolumeClaim is 1Gi, but request is 500Mi']],
    ['20Gi', ['maximum storage usage per PersistentVolumeClaim is 10Gi, but request is 20Gi']],
    ['5Gi', []],
  ])('judges %s', (storage, errors) => {
    const expected = errors.map((why) => `persistentvolumeclaims "data" is forbidden: ${why}`);
    expect(errorsOf(create([limits, claim(storage)]))).toEqual(expected);
  });
});

// plugin/pkg/admission/runtimeclass/admission.go
describe('a RuntimeClass', () => {
  const sandbox = `
apiVersion: node.k8s.io/v1
kind: RuntimeClass
metadata: {name: gvisor}
handler: runsc
overhead: {podFixed: {memory: 1Gi}}
scheduling: {nodeSelector: {runtime: gvisor}, tolerations: [{key: sandbox, operator: Exists}]}`;
  const sandboxed = (more: string) => pod(container('{}'), `runtimeClassName: gvisor\n  ${more}`);

  it('adds its tolerations behind the Pod’s, unless they cover them', () => {
    const keys = (more: string) =>
      (objectOf(create([sandbox, sandboxed(more)])) as Pod).spec.tolerations?.map(({ key }) => key ?? '*');
    expect(
      keys('tolerations: [{key: own, operator: Exists, effect: NoExecute}]')?.filter((key) => !key.includes('/')),
    ).toEqual(['own', 'sandbox']);
    expect(keys('tolerations: [{operator: Exists}]')).toEqual(['*']);
  });

  it('agrees with the same overhead in other words only', () => {
    expect(create([sandbox, sandboxed('overhead: {memory: "1073741824"}')]).code).toBe(201);
    expect(errorsOf(create([sandbox, sandboxed('overhead: {memory: 2Gi}')]))).toEqual([
      "pods \"web\" is forbidden: pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead",
    ]);
  });

  it('refuses a Pod that wants to be elsewhere', () => {
    expect(errorsOf(create([sandbox, sandboxed('nodeSelector: {runtime: runc}')]))).toEqual([
      'pods "web" is forbidden: conflict: runtimeClass.scheduling.nodeSelector[runtime] = gvisor; pod.spec.nodeSelector[runtime] = runc',
    ]);
  });
});

// plugin/pkg/admission/network/defaultingressclass/admission.go
describe('a default IngressClass', () => {
  const named = (name: string) => `
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: {name: ${name}, annotations: {ingressclass.kubernetes.io/is-default-class: "true"}}
spec: {controller: example.com/ingress}`;
  const ingress = (spec = '') => `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec: {${spec}defaultBackend: {service: {name: web, port: {number: 80}}}}`;
  const classOf = (...texts: string[]) => (objectOf(create(texts)) as Ingress).spec.ingressClassName;

  it('is given to who names none', () => {
    expect(classOf(named('a'), ingress())).toBe('a');
    expect(classOf(named('a'), ingress('ingressClassName: b, '))).toBe('b');
    expect(classOf(ingress())).toBeUndefined();
  });

  it('must be the only one', () => {
    expect(errorsOf(create([named('a'), named('b'), ingress()]))).toEqual([
      'ingresses.networking.k8s.io "web" is forbidden: Internal error occurred: 2 default IngressClasses were found, only 1 allowed',
    ]);
  });
});
