import { expect, it } from 'vitest';
import { cluster, expectAnswers } from './run';

const map = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {k: v}\n';

// apiserver/pkg/endpoints/discovery
it('reads what the server says of itself', () => {
  const raw = (path: string): unknown => JSON.parse(cluster()(['get', '--raw', path]).stdout);
  expect(raw('/apis/autoscaling')).toEqual({
    kind: 'APIGroup',
    apiVersion: 'v1',
    name: 'autoscaling',
    versions: [
      { groupVersion: 'autoscaling/v2', version: 'v2' },
      { groupVersion: 'autoscaling/v1', version: 'v1' },
    ],
    preferredVersion: { groupVersion: 'autoscaling/v2', version: 'v2' },
  });
  expect(raw('/apis/policy/v1')).toMatchObject({
    groupVersion: 'policy/v1',
    resources: [{ name: 'poddisruptionbudgets', storageVersionHash: 'EVWiDmWqyJw=' }, { singularName: '' }],
  });
});

// kubectl/pkg/rawhttp/raw.go
it('sends what a file holds, and takes it for JSON', () => {
  const path = '/api/v1/namespaces/default/configmaps';
  const json = '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"b"}}';
  const run = cluster(undefined, { 'a.yaml': map, 'b.json': json });
  expect(run(['create', '--raw', path, '-f', 'a.yaml']).stderr).toBe(
    "Error from server (BadRequest): the object provided is unrecognized (must be of type ConfigMap): couldn't get version/kind; json parse error: invalid character 'a' looking for beginning of value (61706956657273696f6e3a2076310a6b696e643a20436f6e6669674d6170 ...)\n",
  );
  expect(run(['create', '--raw', path, '-f', 'b.json']).stdout).toMatch(/^\{"kind":"ConfigMap","apiVersion":"v1",/);
  expect(run(['delete', '--raw', `${path}/b`]).code).toBe(0);
  expect(run(['delete', '--raw', `${path}/b`]).stderr).toBe('Error from server (NotFound): configmaps "b" not found\n');
});

it('refuses flags that do not go together', () => {
  expectAnswers(undefined, [
    [['create', '-f', 'a', '--raw', '/x', '--edit'], '', 'error: --raw and --edit are mutually exclusive\n', 1],
    [['replace', '-f', 'a', '--timeout=1s'], '', 'error: --timeout must have --force specified\n', 1],
    [
      ['replace', '-f', 'a', '--force', '--dry-run=server'],
      '',
      'error: --dry-run can not be used when --force is set\n',
      1,
    ],
    [['replace', '--force', '-f', '-'], 'No resources found\n', 'error: no objects passed to replace\n', 1],
    [['apply', '-k', '.', '-f', 'a'], '', 'error: only one of -f or -k can be specified\n', 1],
    [
      ['apply', '-f', 'a', '--cascade=nope'],
      '',
      'error: invalid cascade value (nope). Must be "background", "foreground", or "orphan"\n',
      1,
    ],
    [
      ['apply', '-f', 'a', '--subresource=status'],
      '',
      'error: --subresource can only be specified for --server-side\n',
      1,
    ],
    [
      ['diff', '-f', 'a', '--nope'],
      '',
      "error: unknown flag: --nope\nSee 'kubectl diff -h' for help and examples\n",
      2,
    ],
  ]);
});

// kubectl/pkg/cmd/create/create_deployment.go, kubectl/pkg/cmd/run/run.go, kubectl/pkg/polymorphichelpers/history.go
it('gives the port to the first container and the labels to the Service, and says that there is no history', () => {
  const dry = ['--dry-run=client', '-o', 'yaml'];
  const deployment = cluster()(['create', 'deployment', 'x', '--image=a', '--image=b', '--port=80', ...dry]).stdout;
  expect(deployment.match(/containerPort/g)).toHaveLength(1);
  const run = cluster()(['run', 'x', '--image=a', '--labels=a=b', '--port=80', '--expose', ...dry]).stdout;
  expect(run).toMatch(/^apiVersion: v1\nkind: Service\nmetadata:\n {2}labels:\n {4}a: b\n {2}name: x\n/);
  const manifest =
    'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: w}\nspec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i}]}}}\n';
  expect(cluster(manifest)(['rollout', 'history', 'deploy/w', '--revision=1']).stdout).toBe(
    'deployment.apps/w with revision #1\nNo rollout history found.\n',
  );
});
