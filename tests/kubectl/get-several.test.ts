import { describe, expect, it } from 'vitest';
import { cluster } from './run';

const configMap = (name: string, labels = '{}') =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}, labels: ${labels}}\ndata: {k: v}\n`;
const two = `${configMap('one')}---\n${configMap('two')}`;

// kubectl/pkg/cmd/get/get.go `multipleGVKsRequested`: what was found counts, not what was asked for.
describe('the kind before a name', () => {
  it('is left out when all names that were found are of one kind', () => {
    const { stdout, stderr } = cluster(two)(['get', 'cm,svc', 'one']);
    expect(stdout).toBe('NAME   DATA   AGE\none    1      0s\n');
    expect(stderr).toBe('Error from server (NotFound): services "one" not found\n');
  });

  it('stands there when several kinds are listed, though one has no objects', () => {
    expect(cluster(two)(['get', 'cm,secrets', '-l', '!x']).stdout).toContain('configmap/one');
  });
});

// kubectl/pkg/cmd/get/get.go `RuntimeSorter.Sort`, sorter.go `isLess`
describe('--sort-by', () => {
  it('cannot sort several tables', () => {
    expect(cluster(two)(['get', 'cm', 'one', 'two', '--sort-by=.metadata.name'])).toEqual({
      stdout: '',
      stderr: `error: couldn't find any field with path "{.metadata.name}" in the list of objects\n`,
      code: 1,
    });
  });

  it('sorts them where kubectl has the objects themselves', () => {
    const { stdout } = cluster(two)(['get', 'cm', 'two', 'one', '--sort-by=.metadata.name', '-o', 'name']);
    expect(stdout).toBe('configmap/one\nconfigmap/two\n');
  });

  it('compares texts letter by letter', () => {
    const { stdout } = cluster(`${configMap('web-2')}---\n${configMap('web-10')}`)([
      ...['get', 'cm', '-o', 'name', '--sort-by=.metadata.name'],
    ]);
    expect(stdout).toBe('configmap/web-10\nconfigmap/web-2\n');
  });

  it('says what is missing beside what could not be sorted', () => {
    const { stderr } = cluster(two)(['get', 'cm', 'one', 'zz', '-o', 'name', '--sort-by=.nope']);
    expect(stderr).toBe(
      'Error from server (NotFound): configmaps "zz" not found\ncouldn\'t find any field with path "{.nope}" in the list of objects\n',
    );
  });
});

// cli-runtime/pkg/resource/builder.go `visitByPaths`
describe('get -f', () => {
  const files = { 'a.yaml': configMap('one', '{app: web}') };

  it.each([
    [['cm'], 'when paths, URLs, or stdin is provided as input, you may not specify resource arguments as well'],
    [['cm/one'], 'resource/name arguments cannot be provided when a path is specified'],
    [['-A'], 'no namespace set on resource /v1, Resource=configmaps "one"'],
    [['-l', 'a in'], `the provided selector "a in" is not valid: unable to parse requirement: found '' expected: '('`],
  ])('refuses %j', (more, text) => {
    expect(cluster(files['a.yaml'], files)(['get', '-f', 'a.yaml', ...more]).stderr).toBe(`error: ${text}\n`);
  });

  it('chooses among objects, but not among the tables that the server makes of them', () => {
    const run = cluster(files['a.yaml'], files);
    expect(run(['get', '-f', 'a.yaml', '-l', 'app=web', '-o', 'name']).stdout).toBe('configmap/one\n');
    expect(run(['get', '-f', 'a.yaml', '-l', 'app=db', '-o', 'name']).stdout).toBe('');
    expect(run(['get', '-f', 'a.yaml', '-l', 'app=web']).stderr).toBe('No resources found in default namespace.\n');
    expect(run(['describe', '-f', 'a.yaml', '-l', 'app=web']).stdout).toMatch(/^Name: +one\n/);
  });
});

// apimachinery/pkg/fields/selector.go `parseSelector`, `UnescapeValue`; apimachinery/pkg/runtime/conversion.go
describe('--field-selector', () => {
  it('is read in the order of its terms, and may not have a value with an equals sign', () => {
    const run = cluster(two);
    expect(run(['get', 'cm', '--field-selector=status.phase!=x,spec.y=1']).stderr).toContain('"spec.y" is not a known');
    expect(run(['get', 'cm', '--field-selector=metadata.name=b=c']).stderr).toContain(
      ': invalid field selector: unescaped character in value: 61\n',
    );
  });

  it('takes a namespace even where there is none', () => {
    expect(cluster()(['get', 'pc', '--field-selector=metadata.namespace!=x', '-o', 'name']).stdout).toContain(
      'priorityclass.scheduling.k8s.io/system-node-critical\n',
    );
  });
});

// client-go/restmapper/shortcut.go `expandResourceShortcut`; apimachinery/pkg/runtime/schema `ParseResourceArg`
it('takes a short name with any version of its group', () => {
  const run = cluster();
  expect(run(['get', 'pods.v1.', 'x']).stderr).toBe('Error from server (NotFound): pods "x" not found\n');
  expect(run(['get', 'deploy.v1beta1.apps']).stderr).toBe('No resources found in default namespace.\n');
  expect(run(['get', 'deployments.v1beta1.apps']).stderr).toBe(
    `error: the server doesn't have a resource type "deployments"\n`,
  );
});

// kubectl/pkg/cmd/get/customcolumn.go `PrintObj`: the headers stand before the paths are read.
it('prints the headers of columns whose path cannot be read', () => {
  expect(cluster(two)(['get', 'cm', 'one', '-o', 'custom-columns=A:.x['])).toEqual({
    stdout: 'A\n',
    stderr: 'error: unterminated array\n',
    code: 1,
  });
});

// client-go/tools/clientcmd: without -n the context is asked for its namespace first.
it('names a context that does not exist in two ways', () => {
  const run = cluster();
  expect(run(['get', 'cm', '--context=nope', '-n', 'x']).stderr).toBe('error: context "nope" does not exist\n');
  expect(run(['get', 'cm', '--context=nope']).stderr).toBe(
    'Error in configuration: context was not found for specified context: nope\n',
  );
});
