import { describe, expect, it } from 'vitest';
import { cluster } from './run';

const map = (name: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\ndata: {a: "x<y"}\n`;
const two = `${map('c')}---\n${map('d')}`;
const pod = 'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: main, image: nginx}]}\n';

// kubectl/pkg/cmd/util/editor/{editoptions,editor}.go
describe('kubectl edit with a program for an editor', () => {
  const edit = (program: string, ...args: string[]) =>
    cluster(map('c'), {}, { KUBE_EDITOR: program })(['edit', 'cm', 'c', ...args]);

  it('changes nothing with cat', () => {
    const { stdout, stderr, code } = edit('cat');
    expect(stdout).toContain("# Please edit the object below. Lines beginning with a '#' will be ignored,\n");
    expect(stdout).toContain('\napiVersion: v1\ndata:\n  a: x<y\nkind: ConfigMap\n');
    expect({ stderr, code }).toEqual({ stderr: 'Edit cancelled, no changes made.\n', code: 0 });
  });

  it('shows JSON without words over it', () => {
    const { stdout, stderr } = edit('cat', '-o', 'json');
    expect(stdout).toMatch(/^\{\n {4}"apiVersion": "v1",\n {4}"data": \{\n {8}"a": "x\\u003cy"\n {4}\},\n/);
    expect(stderr).toBe('Edit cancelled, no changes made.\n');
  });

  it.each(['foo', 'name'])('-o %s', (format) => {
    expect(edit('cat', '-o', format)).toEqual({
      stdout: '',
      stderr: `error: unable to match a printer suitable for the output format "${format}", allowed formats are: json,kyaml,yaml\n`,
      code: 1,
    });
  });

  it.each([
    ['false', 'error: there was a problem with the editor "false"\n'],
    ['nonesuch', 'error: unable to launch the editor "nonesuch"\n'],
  ])('%s', (program, stderr) => {
    expect(edit(program)).toEqual({ stdout: '', stderr, code: 1 });
  });
});

// kubectl/pkg/cmd/get/sorter.go `isLess`; klog.Exitf ends the program
describe('--sort-by of what has no order', () => {
  it.each([
    [['get', 'cm', '--sort-by=.data'], '375] Field {.data} in [][][]reflect.Value', 'map[string]interface {}'],
    [
      ['get', 'cm', '-o', 'name', '--sort-by=.data'],
      '329] Field {.data} in *unstructured.Unstructured',
      'map[string]interface {}',
    ],
    [
      ['get', 'cm', '--sort-by=metadata.managedFields'],
      '375] Field {.metadata.managedFields} in [][][]reflect.Value',
      '[]interface {}',
    ],
  ])('%j', (args, place, type) => {
    expect(cluster(two)(args)).toEqual({
      stdout: '',
      stderr: `F0105 09:00:05.010000       1 sorter.go:${place} is an unsortable type: interface, err: unsortable type: ${type}\n`,
      code: 1,
    });
  });

  it('leaves a single row as it is', () => {
    expect(cluster(map('c'))(['get', 'cm', 'c', '-o', 'name', '--sort-by=.data']).stdout).toBe('configmap/c\n');
  });
});

// kubectl/pkg/cmd/get/customcolumn.go `PrintObj`
describe('custom columns that fail', () => {
  it.each([
    [[], 'N     M\n'],
    [['--no-headers'], ''],
  ])('%j', (more, stdout) => {
    const columns = '-o=custom-columns=N:.metadata.name,M:.metadata.managedFields[5].manager';
    expect(cluster(map('c'))(['get', 'cm', 'c', columns, ...more])).toEqual({
      stdout,
      stderr: 'error: array index out of bounds: index 5, length 1\n',
      code: 1,
    });
  });
});

// kubectl/pkg/cmd/attach/attach.go
describe('kubectl attach', () => {
  it.each([
    [[], 'error: at least 1 argument is required for attach\n'],
    [['a', 'b', 'c'], 'error: expected POD, TYPE/NAME, or TYPE NAME, (at most 2 arguments) saw 3: [a b c]\n'],
    [['p', '--pod-running-timeout=0s'], 'error: --pod-running-timeout must be higher than zero\n'],
    [['nope'], 'Error from server (NotFound): pods "nope" not found\n'],
    [['p', 'x'], 'error: the server doesn\'t have a resource type "p"\n'],
    [['p', '-c', 'zz'], 'error: cannot attach to the container: container zz is not valid for pod p out of: main\n'],
    [['pod', 'p', '-q'], 'error: unable to upgrade connection: pod p does not have a host assigned\n'],
    [
      ['p'],
      "All commands and output from this session will be recorded in container logs, including credentials and sensitive information passed through the command prompt.\nIf you don't see a command prompt, try pressing enter.\nerror: unable to upgrade connection: pod p does not have a host assigned\n",
    ],
  ])('%j', (args, stderr) => {
    expect(cluster(pod)(['attach', ...args])).toEqual({ stdout: '', stderr, code: 1 });
  });
});

// kubectl/pkg/cmd/autoscale/autoscale.go `Run`, `canCreateHPAV1`
describe('kubectl autoscale of what is autoscaled already', () => {
  const incompatible =
    'error: failed to create autoscaling/v2 HPA and the configuration is incompatible with autoscaling/v1: ';
  it.each([
    [[], `${incompatible}empty input\n`],
    [['--memory=50Mi'], `${incompatible}empty input\n`],
    [['--cpu=500m'], `${incompatible}%!w(<nil>)\n`],
    [['--cpu=80%'], 'Error from server (AlreadyExists): horizontalpodautoscalers.autoscaling "web" already exists\n'],
  ])('%j', (more, stderr) => {
    const run = cluster();
    run(['create', 'deploy', 'web', '--image=nginx']);
    run(['autoscale', 'deploy', 'web', '--max=3']);
    expect(run(['autoscale', 'deploy', 'web', '--max=3', ...more])).toEqual({ stdout: '', stderr, code: 1 });
  });
});

// apiserver/pkg/endpoints/filters/impersonation, apiserver/pkg/authentication/serviceaccount/util.go `SplitUsername`
describe('kubectl auth whoami --as', () => {
  const account = 'system:serviceaccount:kube-system:';
  it.each([
    [[`--as=${account}foo`], '[system:serviceaccounts system:serviceaccounts:kube-system system:authenticated]'],
    [[`--as=${account}foo`, '--as-group=x'], '[x system:authenticated]'],
    [[`--as=${account}*`], '[system:authenticated]'],
    [[`--as=${account}`], '[system:authenticated]'],
    [['--as=system:anonymous'], '[system:unauthenticated]'],
    [['--as=bob'], '[system:authenticated]'],
    [['--as=kubernetes-admin'], '[system:authenticated]'],
    [[], '[system:masters kubeadm:cluster-admins system:authenticated]'],
  ])('%j', (args, groups) => {
    expect(cluster()(['auth', 'whoami', ...args]).stdout).toContain(`Groups      ${groups}\n`);
  });
});

// A name with `*` is no service account's, and so none of the accounts the controllers go by.
describe('kubectl auth can-i --as', () => {
  it.each([
    ['system:serviceaccount:kube-system:replicaset-controller', 'yes\n', 0],
    ['system:serviceaccount:kube-system:*', 'no\n', 1],
    ['system:serviceaccount:kube-system:', 'no\n', 1],
    ['system:anonymous', 'no\n', 1],
  ])('%s', (user, stdout, code) => {
    expect(cluster()(['auth', 'can-i', 'create', 'pods', `--as=${user}`])).toEqual({ stdout, stderr: '', code });
  });
});
