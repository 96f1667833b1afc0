import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ContestInput } from './contest';

const longest = 20_000;

/** Small manifests as people write them: those of the course, and every fourth of the recorded ones, right and wrong. */
export function corpus(root: string, rounds: number): ContestInput {
  const recorded = join(root, 'tests/conformance/admission');
  const lines = readdirSync(recorded)
    .filter((name) => name.endsWith('.jsonl'))
    .flatMap((name) => readFileSync(join(recorded, name), 'utf8').split('\n'))
    .filter((line) => line !== '');
  const manifests = lines.flatMap((line) => {
    const { manifest } = JSON.parse(line) as { manifest?: unknown }; // tests/conformance/README.md
    return typeof manifest === 'string' ? [manifest] : [];
  });
  const written = ['content/manifests', 'content/checks'].flatMap((folder) =>
    readdirSync(join(root, folder))
      .filter((name) => /\.ya?ml$/.test(name) && name !== 'menu.yaml')
      .map((name) => readFileSync(join(root, folder, name), 'utf8')),
  );
  const texts = [...written, ...manifests.filter((_, i) => i % 4 === 0)].filter((text) => text.length <= longest);
  const structure = readFileSync(join(root, 'src/kubernetes/api/structure/v1.36.json'), 'utf8');
  const { schemas } = JSON.parse(structure) as Pick<ContestInput, 'schemas'>; // the file's form
  return { texts, schemas, rounds, large: largeManifest(700_000) };
}

/** Many Deployments in one file. */
function largeManifest(length: number): string {
  const documents: string[] = [];
  for (let size = 0, i = 0; size < length; i++) {
    const text = deployment(i);
    documents.push(text);
    size += text.length + 4;
  }
  return documents.join('---\n');
}

const deployment = (i: number) => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web-${i}
  labels:
    app.kubernetes.io/name: web-${i}
spec:
  replicas: 2
  selector:
    matchLabels:
      app.kubernetes.io/name: web-${i}
  template:
    metadata:
      labels:
        app.kubernetes.io/name: web-${i}
    spec:
      containers:
        - name: web
          image: nginx:1.25
          ports:
            - name: http
              containerPort: 8080
              hostPort: ${20000 + (i % 10000)}
          env:
            - name: MESSAGE
              value: "number ${i}"
          resources:
            requests:
              cpu: 100m
              memory: 64Mi
          readinessProbe:
            httpGet:
              path: /healthz
              port: http
`;
