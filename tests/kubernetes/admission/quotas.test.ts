import { describe, expect, it } from 'vitest';
import { findKind } from '@/kubernetes/api/registry';
import { errorsOf } from '../api/verdict';
import { server, yaml } from '../apiserver/server';

const quota = (hard: string, more = '', used = hard.replace(/: [^,}]+/g, ': 0')) => `
apiVersion: v1
kind: ResourceQuota
metadata: {name: q}
spec: {hard: ${hard}${more}}
status: {hard: ${hard}, used: ${used}}`;
const pod = (spec: string) => `
apiVersion: v1
kind: Pod
metadata: {name: web}
spec: ${spec}`;
const service = (spec: string) => `
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {ports: [{port: 80, name: a}, {port: 81, name: b}], ${spec}}`;
const claim = `
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data}
spec: {storageClassName: gold, accessModes: [ReadWriteOnce], resources: {requests: {storage: 5Gi}}}`;

/** Makes the quota, counts for it, and says what refuses the object. */
function why(counted: string, object: string): string | undefined {
  const { ask } = server();
  const of = (text: string) => {
    const body = yaml(text);
    const info = findKind('', 'v1', String(body.kind));
    return { group: '', version: 'v1', resource: info?.plural ?? '', namespace: 'default', body };
  };
  ask({ verb: 'create', ...of(counted) });
  ask({ verb: 'update', name: 'q', subresource: 'status', ...of(counted) });
  return errorsOf(ask({ verb: 'create', ...of(object) }))[0]?.replace(/^.* is forbidden: /, '');
}

// pkg/quota/v1/evaluator/core/services.go
describe('a quota of Services', () => {
  it.each([
    ['{services.loadbalancers: 0}', 'type: LoadBalancer', 'services.loadbalancers=1', 'services.loadbalancers=0'],
    ['{services.nodeports: 1}', 'type: NodePort', 'services.nodeports=2', 'services.nodeports=1'],
    ['{services.nodeports: 1}', 'type: LoadBalancer', 'services.nodeports=2', 'services.nodeports=1'],
  ])('%s is exceeded by %s', (hard, spec, requested, limited) => {
    expect(why(quota(hard), service(spec))).toMatch(
      new RegExp(`^exceeded quota: q, requested: ${requested}, used: services\\.[a-z]+=0, limited: ${limited}$`),
    );
  });

  it('does not count what takes nothing', () => {
    expect(
      why(quota('{services.nodeports: 0, services.loadbalancers: 0}'), service('type: ClusterIP')),
    ).toBeUndefined();
    const bare = 'type: LoadBalancer, allocateLoadBalancerNodePorts: false';
    expect(why(quota('{services.nodeports: 0}'), service(bare))).toBeUndefined();
  });
});

// pkg/quota/v1/evaluator/core/persistent_volume_claims.go
it('counts the storage of claims, and apart that of each class', () => {
  expect(why(quota('{requests.storage: 4Gi}'), claim)).toBe(
    'exceeded quota: q, requested: requests.storage=5Gi, used: requests.storage=0, limited: requests.storage=4Gi',
  );
  const ofClass = 'gold.storageclass.storage.k8s.io/persistentvolumeclaims';
  expect(why(quota(`{${ofClass}: 0}`), claim)).toBe(
    `exceeded quota: q, requested: ${ofClass}=1, used: ${ofClass}=0, limited: ${ofClass}=0`,
  );
  expect(why(quota('{silver.storageclass.storage.k8s.io/requests.storage: 0}'), claim)).toBeUndefined();
});

// pkg/quota/v1/evaluator/core/pods.go
describe('a quota of Pods', () => {
  it('asks every container to name what is limited, by names in order', () => {
    const two = '{containers: [{name: b, image: x}, {name: a, image: x, resources: {requests: {memory: 1Mi}}}]}';
    expect(why(quota('{limits.memory: 1Gi, requests.memory: 1Gi}'), pod(two))).toBe(
      'failed quota: q: must specify limits.memory for: a,b; requests.memory for: b',
    );
  });

  it('takes what the Pod as a whole asks for', () => {
    const whole = '{resources: {limits: {memory: 2Gi}, requests: {memory: 2Gi}}, containers: [{name: a, image: x}]}';
    expect(why(quota('{limits.memory: 1Gi}'), pod(whole))).toBe(
      'exceeded quota: q, requested: limits.memory=2Gi, used: limits.memory=0, limited: limits.memory=1Gi',
    );
  });

  it('counts sidecars beside the containers', () => {
    const one = (name: string) => `{name: ${name}, image: x, resources: {requests: {cpu: 600m}}`;
    const both = `{containers: [${one('a')}}], initContainers: [${one('s')}, restartPolicy: Always}]}`;
    expect(why(quota('{requests.cpu: 1}'), pod(both))).toBe(
      'exceeded quota: q, requested: requests.cpu=1200m, used: requests.cpu=0, limited: requests.cpu=1',
    );
  });

  it('counts only what a scope takes in', () => {
    const scopes = (term: string) => quota('{pods: 0}', `, scopeSelector: {matchExpressions: [${term}]}`);
    const plain = pod('{containers: [{name: a, image: x}]}');
    expect(why(scopes('{scopeName: PriorityClass, operator: In, values: [high]}'), plain)).toBeUndefined();
    expect(why(scopes('{scopeName: PriorityClass, operator: DoesNotExist}'), plain)).toMatch(/^exceeded quota/);
    expect(why(scopes('{scopeName: NotTerminating, operator: Exists}'), plain)).toMatch(/^exceeded quota/);
  });

  // hasUsageStats
  it('waits until the quota is counted', () => {
    const plain = pod('{containers: [{name: a, image: x}]}');
    expect(why(quota('{pods: 1, count/pods: 1}', '', '{pods: 0}'), plain)).toBe(
      'status unknown for quota: q, resources: count/pods,pods',
    );
  });
});
