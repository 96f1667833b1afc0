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
  ])('turns %s into %s', (line, completed) => {
    expect(complete(line).line).toBe(completed);
  });

  test('names the ways on where there are several', () => {
    expect(complete('kubectl drain node')).toEqual({ line: 'kubectl drain node', choices: ['node1', 'node2'] });
    expect(complete('kubectl apply -f web').choices).toEqual(['web-2.yaml', 'web.yaml']);
  });
});
