import { expect, it } from 'vitest';
import { cluster, expectAnswers } from './run';

const maps =
  'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {k: v}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: b}\n';

// kubectl/pkg/cmd/util/editor/editoptions.go
it('shows several objects as a List', () => {
  const run = cluster(maps, {}, { EDITOR: 'cat' });
  const { stdout, stderr } = run(['edit', 'cm', 'a', 'b']);
  expect(stdout).toMatch(
    /^# Please edit the object below.*\n#\napiVersion: v1\nitems:\n- apiVersion: v1\n {2}data:\n/s,
  );
  expect(stdout).toMatch(/\nkind: List\nmetadata: \{\}\n$/);
  expect(stderr).toBe('Edit cancelled, no changes made.\n');
});

it('shows what was applied last under a heading of its own', () => {
  const run = cluster(maps, {}, { EDITOR: 'cat' });
  expect(run(['apply', 'edit-last-applied', 'cm/a']).stdout).toMatch(
    /^# Please edit the 'last-applied-configuration' annotations below\.\n/,
  );
  expect(run(['apply', 'view-last-applied', 'svc/kubernetes'])).toEqual({ stdout: '', stderr: '', code: 0 });
});

it('says what is wrong as kubectl does', () => {
  expectAnswers(maps, [
    [['edit', 'pod'], '', 'error: edit cancelled, no objects found\n', 1],
    [
      ['apply', 'edit-last-applied', 'svc/kubernetes'],
      '',
      'error: no last-applied-configuration annotation found on resources, to create the annotation, use command `kubectl apply set-last-applied --create-annotation`\n',
      1,
    ],
    // kubectl/pkg/util/prune/prune.go
    [
      ['apply', '-f', 'x', '--prune', '--all', '--prune-allowlist=foo'],
      '',
      'error: invalid GroupVersionKind format: foo, please follow <group/version/kind>\n',
      1,
    ],
    // cli-runtime/pkg/resource/visitor.go
    [['get', 'cm', 'a', '-n', 'nowhere'], '', 'Error from server (NotFound): namespaces "nowhere" not found\n', 1],
    // kubectl/pkg/cmd/logs/logs.go
    [
      ['logs', 'x', '--tail=-2'],
      '',
      'error: error from server (NotFound): pods "x" not found in namespace "default"\n',
      1,
    ],
    // a path that takes POST only
    [
      ['get', 'tokenreviews'],
      '',
      'Error from server (MethodNotAllowed): the server does not allow this method on the requested resource\n',
      1,
    ],
  ]);
});
