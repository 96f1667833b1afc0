import { describe, it } from 'vitest';
import { webDeployment } from '../web-deployment';
import { expectAnswers } from './run';

const manifest = `apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec: {containers: [{name: web, image: "nginx:1.27", ports: [{containerPort: 80}]}]}
---
${webDeployment(2, '{containers: [{name: web, image: "nginx:1.27", ports: [{containerPort: 80}]}]}')}---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{name: http, port: 80, targetPort: 8080}]}
`;

// What kubectl v1.36.2 said to a kube-apiserver v1.36.2 without controllers.
describe('what changes objects', () => {
  // Upstream: kubectl/pkg/cmd/label/label.go
  it('labels by pairs, lists and selectors', () => {
    expectAnswers(manifest, [
      [['label', 'pod', 'web', 'app-', 'nope-'], 'label "nope" not found.\npod/web unlabeled\n', '', 0],
      [
        ['label', 'pod', 'web', 'app=x', 'app-'],
        '',
        'error: can not both modify and remove a label in the same command\n',
        1,
      ],
      [['label', 'pods', '--list'], '', 'error: resource(s) were provided, but no name was specified\n', 1],
      [['label', 'pods', '--all', '--list'], 'Listing labels for Pod./web:\n app=web\n', '', 0],
      [
        ['label', 'pod', 'web', '-l', 'app=web', 'a=b'],
        '',
        'error: name cannot be provided when a selector is specified\n',
        1,
      ],
      [['label', 'pod', 'web', 'a=b=c'], '', 'error: invalid label spec: a=b=c\n', 1],
      [
        ['label', 'pod', 'web', 'nope', 'x=1'],
        'pod/web labeled\n',
        'Error from server (NotFound): pods "nope" not found\n',
        1,
      ],
      [['label', 'pod', 'web', 'app='], '', "error: 'app' already has a value (web), and --overwrite is false\n", 1],
    ]);
  });

  // Upstream: kubectl/pkg/cmd/autoscale/autoscale.go
  it('autoscales what has a scale', () => {
    expectAnswers(manifest, [
      [['autoscale', 'deploy', 'web', '--max=5', '--cpu=foo'], '', 'error: invalid resource cpu value: foo\n', 1],
      [
        ['autoscale', 'pod', 'web', '--max=5'],
        '',
        'error: cannot autoscale a Pod: could not find scale subresource for /v1, Resource=pods in discovery information\n',
        1,
      ],
      [
        ['autoscale', 'deploy', 'web', '--max=5', '--dry-run=client', '-o', 'yaml'],
        'apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata:\n  name: web\nspec:\n  maxReplicas: 5\n  scaleTargetRef:\n    apiVersion: apps/v1\n    kind: Deployment\n    name: web\nstatus:\n  currentMetrics: null\n  desiredReplicas: 0\n',
        '',
        0,
      ],
      [
        ['autoscale', 'deploy', 'web', 'nope', '--max=5'],
        'horizontalpodautoscaler.autoscaling/web autoscaled\n',
        'Error from server (NotFound): deployments.apps "nope" not found\n',
        1,
      ],
    ]);
  });

  // Upstream: kubectl/pkg/cmd/patch/patch.go, apiserver/pkg/endpoints/handlers/patch.go
  it('patches', () => {
    expectAnswers(manifest, [
      [['patch', 'pod', 'web', '-p', '{"metadata":{"labels":{"app":"web"}}}'], 'pod/web patched (no change)\n', '', 0],
      [
        ['patch', 'pod', 'web', '--type=json', '-p', '[{"op":"remove","path":"/metadata/labels/nope"}]'],
        '',
        'The request is invalid: the server rejected our request due to an error in our request\n',
        1,
      ],
      [
        ['patch', 'pod', 'web', '--type=json', '-p', '[{"op":"copy","from":"/nope","path":"/metadata/labels/b"}]'],
        'pod/web patched\n',
        '',
        0,
      ],
    ]);
  });
});
