import { describe, expect, test } from 'vitest';
import { completeLine } from '@/playground/complete/complete-line';
import { vocabularyOf } from '@/playground/complete/vocabulary';
import { findWorld } from '@/course/worlds';
import { Engine } from '@/playground/session/engine';

const world = findWorld('vm-3');
if (!world) throw new Error('no world');
const vocabulary = vocabularyOf(new Engine(world).cluster, ['web.yaml', 'web-2.yaml', 'db.yaml']);
const complete = (line: string) => completeLine(line, vocabulary);

describe('Tab', () => {
  test.each([
    ['kubec', 'kubectl '],
    ['kubectl desc', 'kubectl describe '],
    ['kubectl get deploym', 'kubectl get deployments '],
    ['kubectl describe node k8s', 'kubectl describe node k8smaster '],
    ['kubectl drain node', 'kubectl drain node'],
    ['kubectl get node/k8s', 'kubectl get node/k8smaster '],
    ['kubectl apply -f d', 'kubectl apply -f db.yaml '],
    ['kubectl apply -f we', 'kubectl apply -f web'],
    ['curl 1 | gre', 'curl 1 | grep '],
    ['kubectl get nothing xyz', 'kubectl get nothing xyz'],
    ['kubectl get pods --fie', 'kubectl get pods --field-selector='],
    ['kubectl get pods --watch-o', 'kubectl get pods --watch-only '],
    ['kubectl get pods -o cust', 'kubectl get pods -o custom-columns='],
    ['kubectl get po -o custom-columns=IP:.status.podI', 'kubectl get po -o custom-columns=IP:.status.podIP'],
    [
      'kubectl get po -o custom-columns=N:.metadata.name,H:.spec.hostN',
      'kubectl get po -o custom-columns=N:.metadata.name,H:.spec.hostNetwork',
    ],
    ["kubectl get po -o jsonpath='{.items[*].spec.nodeN", "kubectl get po -o jsonpath='{.items[*].spec.nodeName"],
    ['kubectl get pods --sort-by=.metadata.creat', 'kubectl get pods --sort-by=.metadata.creationTimestamp'],
    ['kubectl explain pod.sp', 'kubectl explain pod.spec.'],
    ['kubectl explain pod.spec.containers.ports.hostP', 'kubectl explain pod.spec.containers.ports.hostPort '],
    ['kubectl explain depl', 'kubectl explain deploy'],
    ['kubectl rollout sta', 'kubectl rollout status '],
    ['kubectl rollout status depl', 'kubectl rollout status deployment/'],
    ['kubectl -n kube-s', 'kubectl -n kube-s'],
    ['kubectl get pods -n kube-s', 'kubectl get pods -n kube-system '],
    ['kubectl get pods --namespace=kube-s', 'kubectl get pods --namespace=kube-system '],
    ['kubectl get -n kube-system po', 'kubectl get -n kube-system po'],
    ['kubectl apply --dry-run=s', 'kubectl apply --dry-run=server '],
    ["kubectl get pods | grep -v 'a|b' | sor", "kubectl get pods | grep -v 'a|b' | sort "],
  ])('turns %s into %s', (line, completed) => {
    expect(complete(line).line).toBe(completed);
  });

  test('names fields', () => {
    expect(complete('kubectl explain pod.spec.host').choices).toEqual(
      expect.arrayContaining(['hostAliases.', 'hostIPC', 'hostNetwork', 'hostPID', 'hostUsers', 'hostname']),
    );
    expect(complete('kubectl get po -o custom-columns=H:.spec.hostN').line).toMatch(/hostN$|hostNetwork$/);
  });

  test('names the ways on where there are several', () => {
    expect(complete('kubectl drain node')).toEqual({ line: 'kubectl drain node', choices: ['node1', 'node2'] });
    expect(complete('kubectl apply -f web').choices).toEqual(['web-2.yaml', 'web.yaml']);
  });
});
