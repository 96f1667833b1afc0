import { describe, it } from 'vitest';
import { expectAnswers } from './run';

const manifest = `apiVersion: v1
kind: Node
metadata: {name: n1}
---
apiVersion: v1
kind: Pod
metadata: {name: a}
spec: {containers: [{name: c, image: nginx}]}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  serviceName: db
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec: {containers: [{name: c, image: nginx}]}
`;

const badSelector = (resource: string, field: string) =>
  `Error from server (BadRequest): Unable to find "${resource}" that match label selector "", field selector "${field}=1": "${field}" is not a known field selector: only "metadata.name", "metadata.namespace"\n`;

// What kubectl v1.36.2 said to a kube-apiserver v1.36.2 without controllers.
describe('kubectl says of lines that one types by mistake', () => {
  it('what a server and a client say', () => {
    expectAnswers(manifest, [
      [
        ['get', 'rs', '--field-selector=status.replicas=1'],
        '',
        badSelector('apps/v1, Resource=replicasets', 'status.replicas'),
        1,
      ],
      [
        ['get', 'deploy', '--field-selector=spec.nope=1', '-o', 'jsonpath={.items[0].x}'],
        '',
        `${badSelector('apps/v1, Resource=deployments', 'spec.nope')}error executing jsonpath "{.items[0].x}": Error executing template: array index out of bounds: index 0, length 0. Printing more information for debugging the template:\n\ttemplate was:\n\t\t{.items[0].x}\n\tobject given to jsonpath engine was:\n\t\tmap[string]interface {}{"apiVersion":"v1", "items":[]interface {}{}, "kind":"List", "metadata":map[string]interface {}{"resourceVersion":""}}\n\n\n\n`,
        1,
      ],
      [['taint', 'node/n1', 'a=b:NoSchedule'], '', `the server doesn't have a resource type "node/n1"\n`, 1],
      [['drain', 'pod/a'], '', 'error: expected resource of type node, got "/v1, Resource=pods"\n', 1],
      [['rollout', 'history', 'sts/db', '-o', 'yaml'], '', '', 0],
      [['top', 'node', 'n1', '-l', 'a=b'], '', 'error: only one of NAME or --selector can be provided\n', 1],
      [['top', 'pod', 'a', '-l', 'a=b'], '', 'error: only one of NAME or selector can be provided\n', 1],
    ]);
  });
});
