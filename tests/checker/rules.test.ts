import { describe, expect, it } from 'vitest';
import { check } from '@/checker/check';
import { findWorld } from '@/course/worlds';

const world = findWorld('lab-4');

/** Codes of the advice that a Pod specification gets, as a Pod or as another kind around it. */
function advice(spec: string, kind = 'Pod', extra = ''): string[] {
  const body =
    kind === 'Pod'
      ? `spec: ${spec}`
      : `spec: {${extra}selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: ${spec}}}`;
  const text = `apiVersion: ${kind === 'Pod' ? 'v1' : 'apps/v1'}\nkind: ${kind}\nmetadata: {name: web}\n${body}\n`;
  if (!world) throw new Error('no world');
  const { findings } = check(text, { world, forecast: 0 });
  expect(findings.filter((one) => one.speaker === 'api-server' && one.severity === 'error')).toEqual([]);
  return findings.map((one) => one.code).filter((code) => code.startsWith('V'));
}

const container = (rest = '', image = 'nginx:1.25') => `{name: c, image: "${image}"${rest}}`;
const ports = (port: string) => `, ports: [{${port}}]`;
const dns = 'dnsPolicy: ClusterFirstWithHostNet, hostNetwork: true';

describe.each([
  ['V01', `{${dns}, containers: [${container()}]}`, `{containers: [${container()}]}`],
  [
    'V02',
    `{${dns}, containers: [${container(ports('containerPort: 80'))}]}`,
    `{containers: [${container(ports('containerPort: 80'))}]}`,
  ],
  ['V06', `{hostNetwork: true, containers: [${container()}]}`, `{${dns}, containers: [${container()}]}`],
  [
    'V07',
    `{nodeName: w1, containers: [${container(ports('containerPort: 80, hostPort: 80'))}]}`,
    `{nodeName: w1, containers: [${container()}]}`,
  ],
  [
    'V08',
    `{containers: [${container(ports('containerPort: 80, hostPort: 10250'))}]}`,
    `{containers: [${container(ports('containerPort: 10250'))}]}`,
  ],
  [
    'V09',
    `{containers: [${container(ports('containerPort: 80, hostPort: 30080'))}]}`,
    `{containers: [${container(ports('containerPort: 30080'))}]}`,
  ],
  ['V18', `{containers: [${container('', 'registry-<REGION>.example/x:1')}]}`, `{containers: [${container()}]}`],
  ['V19', `{containers: [${container('', 'nginx')}]}`, `{containers: [${container('', 'localhost:5000/nginx:1')}]}`],
  [
    'V22',
    `{${dns}, containers: [${container(ports('containerPort: 80, hostIP: 127.0.0.1'))}]}`,
    `{containers: [${container(ports('containerPort: 80, hostPort: 80, hostIP: 127.0.0.1'))}]}`,
  ],
  [
    'V24',
    `{containers: [${container(`, args: ["--web.listen-address=:9101"]${ports('containerPort: 9100')}`)}]}`,
    `{containers: [${container(`, args: ["--web.listen-address=:9100"]${ports('containerPort: 9100')}`)}]}`,
  ],
])('%s', (id, speaks, silent) => {
  it('speaks', () => expect(advice(speaks)).toContain(id));
  it('is silent', () => expect(advice(silent)).not.toContain(id));
});

const held = `{containers: [${container(ports('containerPort: 80, hostPort: 80'))}]}`;

describe.each([
  ['V04', 'Deployment', 'replicas: 4, ', 'replicas: 3, '],
  ['V05', 'Deployment', 'replicas: 3, ', 'replicas: 3, strategy: {type: Recreate}, '],
  ['V20', 'DaemonSet', 'updateStrategy: {rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}, ', ''],
])('%s', (id, kind, speaks, silent) => {
  it('speaks', () => expect(advice(held, kind, speaks)).toContain(id));
  it('is silent', () => expect(advice(held, kind, silent)).not.toContain(id));
});
