import type { Range } from '@/manifest/manifest';
import type { Choice } from './choice';
import type { Field } from './fields';

interface Snippet {
  readonly label: string;
  readonly detail: string;
  readonly body: string;
}

/** Whole objects, for the beginning of a document. */
export function documentSnippets(range: Range): Choice[] {
  return documents.map(({ label, detail, body }) => ({
    label,
    sort: 'object',
    detail,
    insert: indented(body, range.start.character),
    range,
  }));
}

/** Larger parts of an object that hold together: a probe, ports. */
export function partSnippets({ id }: Field, present: readonly (string | number)[], range: Range): Choice[] {
  const type = id?.split('.').at(-1) ?? '';
  return (parts[type] ?? [])
    .filter(({ body }) => !present.includes(body.slice(0, body.indexOf(':'))))
    .map(({ label, detail, body }) => ({
      label,
      sort: 'part',
      detail,
      insert: indented(body, range.start.character),
      range,
    }));
}

function indented(body: string, column: number): string {
  return body.trimEnd().replaceAll('\n', `\n${' '.repeat(column)}`);
}

/** The Pod that a workload makes. `$1` is its name everywhere. */
const template = (more: string) => `  selector:
    matchLabels:
      app: \${1:web}
  template:
    metadata:
      labels:
        app: \${1:web}
    spec:
${more}      containers:
        - name: \${1:web}
          image: \${2:nginx:1.27}
          ports:
            - containerPort: \${3:80}
`;

const documents: readonly Snippet[] = [
  {
    label: 'Deployment',
    detail: 'apps/v1',
    body: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: \${1:web}
spec:
  replicas: \${4:1}
${template('')}`,
  },
  {
    label: 'Deployment, hostNetwork',
    detail: 'apps/v1',
    body: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: \${1:web}
spec:
  replicas: \${4:1}
  strategy:
    type: Recreate
${template('      hostNetwork: true\n      dnsPolicy: ClusterFirstWithHostNet\n')}`,
  },
  {
    label: 'DaemonSet',
    detail: 'apps/v1',
    body: `apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: \${1:web}
spec:
${template('')}`,
  },
  {
    label: 'DaemonSet, hostNetwork',
    detail: 'apps/v1',
    body: `apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: \${1:web}
spec:
${template('      hostNetwork: true\n      dnsPolicy: ClusterFirstWithHostNet\n')}`,
  },
  {
    label: 'Service',
    detail: 'v1',
    body: `apiVersion: v1
kind: Service
metadata:
  name: \${1:web}
spec:
  selector:
    app: \${1:web}
  ports:
    - port: \${2:80}
      targetPort: \${3:80}
`,
  },
  {
    label: 'Service, NodePort',
    detail: 'v1',
    body: `apiVersion: v1
kind: Service
metadata:
  name: \${1:web}
spec:
  type: NodePort
  selector:
    app: \${1:web}
  ports:
    - port: \${2:80}
      targetPort: \${3:80}
      nodePort: \${4:30080}
`,
  },
  {
    label: 'Pod',
    detail: 'v1',
    body: `apiVersion: v1
kind: Pod
metadata:
  name: \${1:web}
spec:
  containers:
    - name: \${1:web}
      image: \${2:nginx:1.27}
      ports:
        - containerPort: \${3:80}
`,
  },
];

const probe = (name: string) => `${name}:
  httpGet:
    path: \${1:/}
    port: \${2:80}
  periodSeconds: \${3:10}
`;

const parts: Readonly<Record<string, readonly Snippet[]>> = {
  Container: [
    {
      label: 'ports, with a host port',
      detail: '[]ContainerPort',
      body: 'ports:\n  - containerPort: ${1:80}\n    hostPort: ${2:8080}\n    protocol: ${3|TCP,UDP,SCTP|}\n',
    },
    { label: 'readinessProbe, over HTTP', detail: 'Probe', body: probe('readinessProbe') },
    { label: 'livenessProbe, over HTTP', detail: 'Probe', body: probe('livenessProbe') },
    {
      label: 'livenessProbe, a TCP connection',
      detail: 'Probe',
      body: 'livenessProbe:\n  tcpSocket:\n    port: ${1:80}\n  periodSeconds: ${2:10}\n',
    },
  ],
  PodSpec: [
    {
      label: 'hostNetwork, with the DNS of the cluster',
      detail: 'boolean',
      body: 'hostNetwork: true\ndnsPolicy: ClusterFirstWithHostNet\n',
    },
  ],
};
