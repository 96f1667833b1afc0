import { expect, it } from 'vitest';
import { cluster } from './run';

const file = `apiVersion: v1
kind: Config
clusters:
- name: one
  cluster: {server: 'https://10.0.0.1:6443', certificate-authority-data: Zm9v}
users:
- name: alice
  user: {token: secret}
contexts:
- name: dev
  context: {cluster: one, user: alice, namespace: team-a}
- name: prod
  context: {cluster: two, user: bob}
current-context: dev
`;

function config(line: string): { stdout: string; stderr: string; code: number; file: string } {
  const files = new Map([['kc.yaml', file]]);
  const answer = cluster(undefined, files)(['config', ...line.split(' '), '--kubeconfig=kc.yaml']);
  return { ...answer, file: files.get('kc.yaml') ?? '' };
}

// kubectl/pkg/cmd/config
it.each([
  [
    'get-contexts',
    'CURRENT   NAME   CLUSTER   AUTHINFO   NAMESPACE\n*         dev    one       alice      team-a\n          prod   two       bob        \n',
  ],
  ['view --minify -o jsonpath={..namespace}', 'team-a'],
  ['view --minify -o jsonpath={.users[0].user.token}', 'REDACTED'],
  ['view --raw -o jsonpath={.users[0].user.token}', 'secret'],
  ['view -o name', 'config/<unknown>\n'],
  ['use prod', 'Switched to context "prod".\n'],
  ['rename-context dev d2', 'Context "dev" renamed to "d2".\n'],
  ['delete-cluster one', 'deleted cluster one from kc.yaml\n'],
  ['set-credentials new --token=t', 'User "new" set.\n'],
])('config %s', (line, stdout) => {
  expect(config(line)).toMatchObject({ stdout, stderr: '', code: 0 });
});

it.each([
  ['view --minify --context=nope', 'error: cannot locate context nope\n'],
  ['use-context nope', 'error: no context exists with the name: "nope"\n'],
  [
    'get-contexts -o yaml',
    'error: --output yaml is not available in kubectl config get-contexts; resetting to default output format\n',
  ],
  ['rename-context dev prod', 'error: cannot rename the context "dev", the context "prod" already exists in kc.yaml\n'],
  ['unset nope', 'error: unable to parse nope after [] at api.Config\n'],
  ['set clusters.one.insecure-skip-tls-verify maybe', 'error: strconv.ParseBool: parsing "maybe": invalid syntax\n'],
  ['set-cluster one --embed-certs', 'error: you must specify a --certificate-authority to embed\n'],
  ['delete-user', "error: user to delete is required\nSee 'kubectl config delete-user -h' for help and examples\n"],
])('config %s', (line, stderr) => {
  expect(config(line)).toMatchObject({ stderr, code: 1, file });
});

it('writes entries in order and without what says nothing', () => {
  expect(config('set contexts.new.namespace foo').file).toContain(
    '- context:\n    cluster: ""\n    namespace: foo\n    user: ""\n  name: new\n',
  );
  expect(config('set-cluster one --insecure-skip-tls-verify').file).toContain(
    '- cluster:\n    insecure-skip-tls-verify: true\n    server: https://10.0.0.1:6443\n  name: one\n',
  );
  expect(config('unset contexts').file).toContain('\ncontexts: null\n');
});

it('is what other commands go by', () => {
  const run = cluster(undefined, new Map([['kc.yaml', file]]));
  expect(run('get pods --kubeconfig=kc.yaml'.split(' ')).stderr).toBe('No resources found in team-a namespace.\n');
  expect(run('get pods --kubeconfig=kc.yaml --context=prod'.split(' ')).stderr).toBe(
    'No resources found in default namespace.\n',
  );
});
