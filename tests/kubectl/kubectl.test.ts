import { beforeEach, describe, expect, it } from 'vitest';
import { Cluster } from '@/kubernetes/cluster';
import { kubectlOn } from './run';

let cluster: Cluster;
let files: Map<string, string>;

beforeEach(() => {
  cluster = new Cluster({ name: 'test', nodes: [], without: ['kube-scheduler', 'workload-controllers'] });
  cluster.advance(5000);
  files = new Map();
});

function run(line: string, stdin = '') {
  return kubectlOn(cluster, line.split(' '), { files, stdin });
}

const pod =
  'apiVersion: v1\nkind: Pod\nmetadata: {name: web, labels: {app: web}}\nspec:\n  containers:\n  - {name: web, image: nginx, ports: [{containerPort: 80}]}\n';

describe('kubectl', () => {
  it('applies, shows and deletes a Pod', () => {
    files.set('web.yaml', pod);
    expect(run('apply -f web.yaml')).toEqual({ stdout: 'pod/web created\n', stderr: '', code: 0 });
    expect(run('apply -f web.yaml').stdout).toBe('pod/web unchanged\n');
    expect(run('get pod').stdout).toBe(
      'NAME   READY   STATUS    RESTARTS   AGE\nweb    0/1     Pending   0          0s\n',
    );
    expect(run('get pod web -o jsonpath={.metadata.labels.app}').stdout).toBe('web');
    expect(run('delete pod web').stdout).toBe('pod "web" deleted from default namespace\n');
    expect(run('get pods')).toEqual({ stdout: '', stderr: 'No resources found in default namespace.\n', code: 0 });
  });

  it('reads standard input', () => {
    expect(run('apply -f -', pod).stdout).toBe('pod/web created\n');
  });

  it('keeps to the namespace it is told, and to that of the context', () => {
    run('create namespace team-a');
    expect(run('create configmap x -n team-a').stdout).toBe('configmap/x created\n');
    expect(run('get cm x').stderr).toBe('Error from server (NotFound): configmaps "x" not found\n');
    expect(run('config set-context --current --namespace=team-a').stdout).toBe(
      'Context "kubernetes-admin@kubernetes" modified.\n',
    );
    expect(run('get cm x -o name').stdout).toBe('configmap/x\n');
  });

  it.each([
    ['aply -f x', 'error: unknown command "aply" for "kubectl"\n\nDid you mean this?\n\tapply\n'],
    [
      'get',
      'You must specify the type of resource to get. Use "kubectl api-resources" for a complete list of supported resources.\n\nerror: Required resource not specified.\nUse "kubectl explain <resource>" for a detailed description of that resource (e.g. kubectl explain pods).\nSee \'kubectl get -h\' for help and examples\n',
    ],
    ['get pods --nope', "error: unknown flag: --nope\nSee 'kubectl get --help' for usage.\n"],
    ['get foo', 'error: the server doesn\'t have a resource type "foo"\n'],
    ['apply -f nope.yaml', 'error: the path "nope.yaml" does not exist\n'],
    ['scale deploy web', 'error: required flag(s) "replicas" not set\n'],
    ['top pod', 'error: Metrics API not available\n'],
  ])('%s', (line, stderr) => {
    expect(run(line)).toEqual({ stdout: '', stderr, code: 1 });
  });

  it('changes one field and leaves the rest', () => {
    run('create deployment web --image=nginx --replicas=2');
    expect(run('set image deploy/web nginx=nginx:1.27').stdout).toBe('deployment.apps/web image updated\n');
    expect(run('scale deploy/web --replicas=5').stdout).toBe('deployment.apps/web scaled\n');
    expect(run('get deploy web -o jsonpath={.spec.replicas}/{.spec.template.spec.containers[0].image}').stdout).toBe(
      '5/nginx:1.27',
    );
    expect(run('label deploy web tier=a').stdout).toBe('deployment.apps/web labeled\n');
    expect(run('get deploy web -L tier --no-headers').stdout).toBe('web   0/5   0     0     0s    a\n');
  });

  it('waits no longer than it is told', () => {
    files.set('web.yaml', pod);
    run('apply -f web.yaml');
    const before = cluster.clock.now;
    expect(run('wait pod/web --for=condition=Ready --timeout=3s').stderr).toBe(
      'error: timed out waiting for the condition on pods/web\n',
    );
    expect(cluster.clock.now - before).toBe(3000);
  });

  it('lets nobody but the administrator do anything, until a role says so', () => {
    const refusal = `User "jane" cannot list resource "configmaps" in API group "" in the namespace "default"`;
    expect(run('get cm --as=jane').stderr).toBe(`Error from server (Forbidden): configmaps is forbidden: ${refusal}\n`);
    expect(run('auth can-i list cm --as=jane')).toEqual({ stdout: 'no\n', stderr: '', code: 1 });
    run('create role reader --verb=get,list --resource=configmaps');
    run('create rolebinding jane --role=reader --user=jane');
    expect(run('get cm --as=jane -o name').stdout).toBe('configmap/kube-root-ca.crt\n');
    expect(run('auth can-i list cm --as=jane').stdout).toBe('yes\n');
    expect(run('auth can-i delete cm --as=jane').stdout).toBe('no\n');
  });

  it('describes a Pod', () => {
    files.set('web.yaml', pod);
    run('apply -f web.yaml');
    const { stdout } = run('describe pod web');
    expect(stdout.slice(0, stdout.indexOf('Volumes:'))).toBe(`Name:             web
Namespace:        default
Priority:         0
Service Account:  default
Node:             <none>
Labels:           app=web
Annotations:      <none>
Status:           Pending
IP:               
IPs:              <none>
Containers:
  web:
    Image:        nginx
    Port:         80/TCP
    Host Port:    0/TCP
    Environment:  <none>
    Mounts:
      ${/\/var\/run\S+ from \S+ \(ro\)/.exec(stdout)?.[0] ?? 'no mount'}
`);
  });
});
