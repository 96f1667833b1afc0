import { describe, it } from 'vitest';
import { expectAnswers } from './run';

const manifest = `apiVersion: v1
kind: Pod
metadata: {name: a, labels: {app: web, tier: front}, annotations: {note: hello}}
spec:
  nodeName: n1
  containers:
  - {name: c1, image: nginx:1.27, ports: [{containerPort: 80, name: http}, {containerPort: 443}], env: [{name: A, value: b}, {name: C, valueFrom: {fieldRef: {fieldPath: metadata.name}}}], resources: {limits: {cpu: 500m, memory: 64Mi}, requests: {cpu: 100m, memory: 32Mi}}}
  - {name: c2, image: busybox, command: [sh, -c, "sleep 1"], args: [x, z], volumeMounts: [{name: cfg, mountPath: /etc/cfg, readOnly: true}], livenessProbe: {httpGet: {path: /h, port: 80}, periodSeconds: 5}}
  initContainers: [{name: i1, image: busybox}]
  volumes: [{name: cfg, configMap: {name: cm1}}, {name: e, emptyDir: {}}]
---
apiVersion: v1
kind: Pod
metadata: {name: b, labels: {app: db}}
spec: {hostNetwork: true, containers: [{name: c, image: redis, ports: [{containerPort: 6379, hostPort: 6379}]}]}
---
apiVersion: v1
kind: Pod
metadata: {name: c}
spec: {restartPolicy: Never, containers: [{name: c, image: "busybox:1"}]}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: cm1}
data: {k: v, multi: "a\\nb\\n"}
---
apiVersion: v1
kind: Node
metadata: {name: n1, labels: {kubernetes.io/hostname: n1}}
---
apiVersion: v1
kind: Node
metadata: {name: n2, labels: {disk: ssd}}
spec: {taints: [{key: k, value: v, effect: NoSchedule}], unschedulable: true}
`;

// What kubectl v1.36.2 said to a kube-apiserver v1.36.2 without controllers.
describe('what reads objects', () => {
  // Upstream: client-go/util/jsonpath/{parser,jsonpath}.go
  it('JSONPath', () => {
    expectAnswers(manifest, [
      [['get', 'pods', '-o', 'jsonpath={.items[-1:].metadata.name}'], 'c', '', 0],
      [['get', 'pods', '-o', 'jsonpath={.items[::2].metadata.name}'], 'a c', '', 0],
      [['get', 'pods', '-o', 'jsonpath={.items[?(@.spec.hostNetwork)].metadata.name}'], 'b', '', 0],
      [
        ['get', 'pods', '-o', "jsonpath={.items[*]['metadata.name', 'status.phase']}"],
        'a b c Pending Pending Pending',
        '',
        0,
      ],
      [
        ['get', 'pods', '-o', 'jsonpath={.items[0].metadata["name"]}'],
        '',
        'error: error parsing jsonpath {.items[0].metadata["name"]}, invalid array index "name"\n',
        1,
      ],
      [
        ['get', 'pods', 'a', '-o', 'jsonpath={.spec.containers[?(@.name=="c1"]}'],
        '',
        'error: error parsing jsonpath {.spec.containers[?(@.name=="c1"]}, unterminated filter\n',
        1,
      ],
      [['get', 'pods', 'a', '-o', 'jsonpath-as-json={.spec.containers[*].name}'], '[\n    "c1",\n    "c2"\n]\n', '', 0],
      [['get', 'pods', '-o', 'jsonpath={range .items[*]}{.metadata.labels.nope}|{end}'], '|||', '', 0],
    ]);
  });

  // Upstream: kubectl/pkg/cmd/get/customcolumn.go
  it('columns', () => {
    expectAnswers(manifest, [
      [
        ['get', 'pods', '-o', 'custom-columns=NAME:{.metadata.name},NODE:spec.nodeName'],
        'NAME   NODE\na      n1\nb      <none>\nc      <none>\n',
        '',
        0,
      ],
      [
        ['get', 'pods', '-o', 'custom-columns=A'],
        '',
        'error: unexpected custom-columns spec: A, expected <header>:<json-path-expr>\n',
        1,
      ],
    ]);
  });

  // Upstream: kubectl/pkg/cmd/logs/logs.go
  it('logs and their flags', () => {
    expectAnswers(manifest, [
      [
        ['logs', 'cm/cm1'],
        '',
        'error: cannot get the logs from *v1.ConfigMap: selector for *v1.ConfigMap not implemented\n',
        1,
      ],
      [['logs', 'a', '--tail=-2'], '', 'error: --tail must be greater than or equal to -1\n', 1],
      [
        ['logs', 'a', '-c', 'c1', '--all-containers'],
        '',
        'error: --all-containers=true should not be specified with container name c1\n',
        1,
      ],
      [
        ['logs', 'a', '--since-time=foo'],
        '',
        'error: parsing time "foo" as "2006-01-02T15:04:05Z07:00": cannot parse "foo" as "2006"\n',
        1,
      ],
    ]);
  });

  // Upstream: kubectl/pkg/cmd/wait/wait.go
  it('waits for several', () => {
    expectAnswers(manifest, [
      [
        ['wait', 'pods', '--all', '--for=condition=Ready', '--timeout=1s'],
        '',
        'timed out waiting for the condition on pods/a\ntimed out waiting for the condition on pods/b\ntimed out waiting for the condition on pods/c\n',
        1,
      ],
      [['wait', 'pod/a', '--for=foo=bar'], '', 'error: unrecognized condition: "foo=bar"\n', 1],
      [
        ['wait', 'pods', '-l', 'app=nope', '--for=condition=Ready', '--timeout=1s'],
        '',
        'error: no matching resources found\n',
        1,
      ],
    ]);
  });

  // Upstream: kubectl/pkg/cmd/taint/{taint,utils}.go
  it('taints', () => {
    expectAnswers(manifest, [
      [
        ['taint', 'node', 'n1', 'a=b:Foo'],
        '',
        "error: invalid taint effect: Foo, unsupported taint effect\nSee 'kubectl taint -h' for help and examples\n",
        1,
      ],
      [
        ['taint', 'node', 'n1', 'a=b:NoSchedule', 'a:NoSchedule-'],
        '',
        'error: can not both modify and remove the following taint(s) in the same command: a=NoSchedule\n',
        1,
      ],
      [['taint', 'nodes', 'n2', 'k:NoExecute-'], '', 'error: taint "k:NoExecute" not found\n', 1],
    ]);
  });
});
