import { describe, expect, it } from 'vitest';
import type { Finding } from '@/checker/finding';
import { mendText } from '@/checker/mend-text';
import { findWorld } from '@/course/worlds';
import { applyEdits } from '@/manifest/apply-edits';
import { readManifest } from '@/manifest/read';
import { findingsOf, textIn } from './findings-of';

const pod = (spec: string, more = '') =>
  `apiVersion: v1\nkind: Pod\nmetadata:\n  name: web # its name\n${more}spec:\n${spec}`;

const container = (rest = '') => `  containers:\n    - name: web\n      image: nginx:1.27 # pinned\n${rest}`;

const deployment = (selector: string, labels: string) => `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
${selector}  template:
    metadata:
      labels: ${labels}
    spec:
      containers:
        - {name: web, image: "nginx:1.27"}
`;

const service = (ports: string) =>
  `apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec:\n  selector: {app: web}\n  ports:\n${ports}`;

/** Each: what it shows, the text, the words of the finding, the fix's title, the text it marks, what the text becomes. */
interface Case {
  readonly about: string;
  readonly text: string;
  readonly words: string;
  readonly title: string;
  readonly marks: string;
  readonly from: string;
  readonly to: string;
}

const cases: readonly Case[] = [
  {
    about: 'an unknown field with a near name',
    text: pod(`  hostNetwrok: true # for speed\n  dnsPolicy: Default\n${container()}`),
    words: 'unknown field "spec.hostNetwrok"',
    title: 'Rename to hostNetwork',
    marks: 'hostNetwrok',
    from: 'hostNetwrok',
    to: 'hostNetwork',
  },
  {
    about: 'an unknown field in the wrong case, in a list',
    text: pod(container('      imagepullpolicy: Always\n')),
    words: 'unknown field "spec.containers[0].imagepullpolicy"',
    title: 'Rename to imagePullPolicy',
    marks: 'imagepullpolicy',
    from: 'imagepullpolicy',
    to: 'imagePullPolicy',
  },
  {
    about: 'a key that stands twice',
    text: pod(container('      image: nginx:1.28\n')),
    words: '`image` stands here a second time',
    title: 'Remove the one on line 8, which is not read',
    marks: 'image',
    from: '      image: nginx:1.27 # pinned\n',
    to: '',
  },
  {
    about: 'a value in the wrong case',
    text: pod(`  restartPolicy: never\n${container()}`),
    words: 'spec.restartPolicy: Unsupported value: "never"',
    title: 'Write Never',
    marks: 'never',
    from: 'never',
    to: 'Never',
  },
  {
    about: 'two ports that have to be equal',
    text: pod(
      `  hostNetwork: true\n  dnsPolicy: Default\n${container('      ports: [{hostPort: 8080, containerPort: 80}]\n')}`,
    ),
    words: 'must match `containerPort` when `hostNetwork` is true',
    title: 'Set hostPort to 80',
    marks: '8080',
    from: '8080',
    to: '80',
  },
  {
    about: 'a port name that is taken',
    text: pod(
      container(
        '      ports:\n      - {name: http, containerPort: 80}\n      - {name: http, containerPort: 81} # admin\n',
      ),
    ),
    words: 'spec.containers[0].ports[1].name: Duplicate value: "http"',
    title: 'Name it http-2',
    marks: 'http',
    from: 'name: http, containerPort: 81',
    to: 'name: http-2, containerPort: 81',
  },
  {
    about: 'a port of a Service that needs a name',
    text: service('    - name: http\n      port: 80\n    - port: 443 # tls\n'),
    words: 'spec.ports[1].name: Required value',
    title: 'Add name: tcp-443',
    marks: 'port: 443',
    from: '    - port: 443 # tls\n',
    to: '    - port: 443 # tls\n      name: tcp-443\n',
  },
  {
    about: 'a container without a name',
    text: pod('  containers:\n    - image: registry.example/team/nginx:1.27 # pinned\n'),
    words: 'spec.containers[0].name: Required value',
    title: 'Add name: nginx',
    marks: 'image: registry.example/team/nginx:1.27',
    from: '# pinned\n',
    to: '# pinned\n      name: nginx\n',
  },
  {
    about: 'a version that is no longer served',
    text: deployment('  selector: {matchLabels: {app: web}}\n', '{app: web}').replace('apps/v1', 'extensions/v1beta1'),
    words: 'no matches for kind "Deployment" in version "extensions/v1beta1"',
    title: 'Use apiVersion apps/v1',
    marks: 'extensions/v1beta1',
    from: 'extensions/v1beta1',
    to: 'apps/v1',
  },
  {
    about: 'a kind in the wrong case',
    text: pod(container()).replace('kind: Pod', 'kind: pod'),
    words: 'no matches for kind "pod" in version "v1"',
    title: 'Use kind Pod',
    marks: 'pod',
    from: 'kind: pod',
    to: 'kind: Pod',
  },
  {
    about: 'a number in quotes',
    text: pod(container('      ports:\n        - containerPort: "80" # http\n')),
    words:
      'cannot unmarshal string into Go struct field ContainerPort.spec.containers.ports.containerPort of type int32',
    title: 'Take the quotes off',
    marks: '"80"',
    from: '"80"',
    to: '80',
  },
  {
    about: 'a number where a text is wanted, as it was typed',
    text: pod(container('      env:\n        - {name: UMASK, value: 0022}\n')),
    words: 'cannot unmarshal number into Go struct field EnvVar.spec.containers.env.value of type string',
    title: 'Put it in quotes',
    marks: '0022',
    from: '0022',
    to: '"0022"',
  },
  {
    about: 'a word that YAML takes for a truth value, as a label',
    text: pod(container(), '  labels:\n    canary: yes # not now\n'),
    words: 'cannot unmarshal bool into Go struct field ObjectMeta.metadata.labels of type string',
    title: 'Put it in quotes',
    marks: 'yes',
    from: 'canary: yes',
    to: 'canary: "yes"',
  },
  {
    about: 'labels that the selector does not match',
    text: deployment('  selector: {matchLabels: {app: web, tier: front}}\n', '{app: wbe} # see above'),
    words: '`selector` does not match template `labels`',
    title: 'Give the template the labels that are selected',
    marks: 'labels',
    from: '{app: wbe}',
    to: '{app: web, tier: front}',
  },
  {
    about: 'a selector that is missing',
    text: deployment('  replicas: 2\n', '{app: web}'),
    words: 'spec.selector: Required value',
    title: "Select the template's labels",
    marks: 'spec',
    from: '        - {name: web, image: "nginx:1.27"}\n',
    to: '        - {name: web, image: "nginx:1.27"}\n  selector: {matchLabels: {app: web}}\n',
  },
  {
    about: 'advice with one answer',
    text: pod(`  hostNetwork: true\n${container()}`),
    words: 'and no `dnsPolicy`',
    title: 'Set dnsPolicy: ClusterFirstWithHostNet',
    marks: 'true',
    from: '# pinned\n',
    to: '# pinned\n  dnsPolicy: ClusterFirstWithHostNet\n',
  },
];

function findingIn(text: string, words: string): Finding | undefined {
  return findingsOf(text).find((one) => one.message.includes(words));
}

describe.each(cases)('$about', ({ text, words, title, marks, from, to }) => {
  const finding = findingIn(text, words);
  const fix = finding?.fixes.find((one) => one.title === title);

  it('is marked at its characters', () => {
    expect(finding && textIn(text, finding.range)).toBe(marks);
  });

  it('offers one edit, which leaves everything else as it is', () => {
    expect(finding?.fixes.map((one) => one.title)).toEqual([title]);
    expect(applyEdits(text, fix?.edits ?? [])).toBe(text.replace(from, to));
  });

  it('is gone when it was mended', () => {
    const mended = applyEdits(text, fix?.edits ?? []);
    expect(findingIn(mended, words)).toBeUndefined();
  });

  it('is mended with any line ends, behind another document, and as an item of a List', () => {
    const windows = text.replaceAll('\n', '\r\n');
    const second = `\ufeffapiVersion: v1\r\nkind: ConfigMap\r\nmetadata: {name: a}\r\n---\r\n${windows}`;
    const list = `apiVersion: v1\nkind: List\nitems:\n-\n${text.replace(/^/gm, '  ').trimEnd()}\n`;
    for (const variant of [windows, second, list]) {
      const found = findingsOf(variant).find((one) => one.code === finding?.code && one.path.endsWith(finding.path));
      expect(found && textIn(variant, found.range).replaceAll('\r', '')).toBe(marks);
      const mended = applyEdits(variant, found?.fixes[0]?.edits ?? []);
      expect(findingsOf(mended).filter((one) => one.code === found?.code && one.path === found.path)).toEqual([]);
      expect(readManifest(mended).errors).toEqual([]);
    }
  });
});

describe('JSON', () => {
  it('stays JSON', () => {
    const text = JSON.stringify(
      {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'web' },
        spec: {
          hostNetwrok: true,
          restartPolicy: 'never',
          containers: [{ image: 'nginx:1', ports: [{ containerPort: '80' }] }],
        },
      },
      undefined,
      2,
    );
    let mended = text;
    for (let i = 0; i < 10; i++) {
      const fix = findingsOf(mended).flatMap((one) => one.fixes)[0];
      if (fix) mended = applyEdits(mended, fix.edits);
    }
    expect(JSON.parse(mended)).toEqual({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'web' },
      spec: {
        hostNetwork: true,
        dnsPolicy: 'ClusterFirstWithHostNet',
        restartPolicy: 'Never',
        containers: [{ name: 'nginx', image: 'nginx:1', ports: [{ containerPort: 80 }] }],
      },
    });
  });
});

describe('no fix', () => {
  it.each([
    ['a port number that does not exist', pod(container('      ports: [{containerPort: 70000}]\n')), 'must be between'],
    ['a field that is like no other', pod(`  frobnicate: true\n${container()}`), 'unknown field'],
    ['a name that is there already', pod(`  hostNetwork: true\n  hostNetwrok: true\n${container()}`), 'unknown field'],
    [
      'a value that others read through an alias',
      pod(container('      env: &e [{name: A, value: 1}]\n    - {name: b, image: "x:1", env: *e}\n')),
      'spec.containers.env.value',
    ],
  ])('for %s', (_about, text, words) => {
    const found = findingsOf(text).filter((one) => one.message.includes(words));
    expect(found.length).toBeGreaterThan(0);
    expect(found.filter((one) => one.later).flatMap((one) => one.fixes)).toEqual([]);
  });
});

describe('mendText', () => {
  it('makes all fixes, names them, and leaves comments alone', () => {
    const world = findWorld('lab-4');
    if (!world) throw new Error('no world');
    const text = pod(`  restartPolicy: never # once\n  hostNetwrok: "true"\n${container()}`);
    const mended = mendText(text, { world, file: 'web.yaml' });
    expect(mended.made).toEqual([
      'web.yaml:7: Rename to hostNetwork',
      'web.yaml:7: Take the quotes off',
      'web.yaml:6: Write Never',
      'web.yaml:7: Set dnsPolicy: ClusterFirstWithHostNet',
    ]);
    expect(mended.text).toBe(
      pod(`  restartPolicy: Never # once\n  hostNetwork: true\n${container()}  dnsPolicy: ClusterFirstWithHostNet\n`),
    );
  });
});
