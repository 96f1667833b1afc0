import { describe, expect, it } from 'vitest';
import type { ContainerStatus, Pod, PodSpec } from '@/kubernetes/api/generated/core-v1';
import { getPhase } from '@/kubernetes/kubelet/phase';

type State = NonNullable<ContainerStatus['state']>;
const running: State = { running: { startedAt: '2026-01-05T09:00:00Z' } };
const waiting: State = { waiting: { reason: 'ContainerCreating' } };
const ended = (exitCode: number): State => ({ terminated: { exitCode } });

function status(name: string, state: State, more: Partial<ContainerStatus> = {}): ContainerStatus {
  return { name, state, ready: false, restartCount: 0, image: '', imageID: '', ...more };
}

function pod(spec: Partial<PodSpec>, source?: string): Pod {
  const annotations = source ? { 'kubernetes.io/config.source': source } : {};
  return { metadata: { name: 'web', annotations }, spec: { containers: [{ name: 'main' }], ...spec } } as Pod;
}

const sidecar = { name: 'side', restartPolicy: 'Always' };
const first = { name: 'init' };

// pkg/kubelet/kubelet_pods_test.go tells the same of `getPhase`.
describe('the phase of a Pod', () => {
  it.each([
    ['one that runs', {}, [], running, 'Running'],
    ['one that has ended well and is started again', {}, [], ended(0), 'Running'],
    ['one that has ended well', { restartPolicy: 'OnFailure' }, [], ended(0), 'Succeeded'],
    ['one that has failed and is started again', { restartPolicy: 'OnFailure' }, [], ended(1), 'Running'],
    ['one that has failed for good', { restartPolicy: 'Never' }, [], ended(1), 'Failed'],
    ['one whose init container runs', { initContainers: [first] }, [status('init', running)], waiting, 'Pending'],
    [
      'one whose init container has failed for good',
      { initContainers: [first], restartPolicy: 'Never' },
      [status('init', ended(1))],
      waiting,
      'Failed',
    ],
    [
      'one whose sidecar still runs after all else has ended',
      { initContainers: [sidecar], restartPolicy: 'Never' },
      [status('side', running, { started: true })],
      ended(0),
      'Running',
    ],
    [
      'one whose sidecar has ended too',
      { initContainers: [sidecar], restartPolicy: 'Never' },
      [status('side', ended(137))],
      ended(0),
      'Succeeded',
    ],
    [
      'one whose sidecar is started again',
      { initContainers: [sidecar] },
      [status('side', { waiting: { reason: 'CrashLoopBackOff' } }, { lastState: ended(1) })],
      running,
      'Running',
    ],
  ] as const)('%s', (_name, spec, init, state, expected) => {
    const statuses = [status('main', state)];
    expect(getPhase(pod(spec as Partial<PodSpec>), [...init], statuses, { terminal: false, begun: true })).toBe(
      expected,
    );
  });

  it('is that of its ends as soon as nothing starts again', () => {
    const inputs = { terminal: true, begun: true };
    expect(getPhase(pod({}), [], [status('main', ended(143))], inputs)).toBe('Failed');
    expect(getPhase(pod({}), [], [status('main', ended(0))], inputs)).toBe('Succeeded');
    expect(getPhase(pod({}, 'file'), [], [status('main', ended(0))], inputs)).toBe('Running');
  });

  it('goes by the rule of a container for its exit code, then by its own policy, then by the Pod', () => {
    const rules = [{ action: 'Restart', exitCodes: { operator: 'In', values: [42] } }];
    const spec = {
      restartPolicy: 'Always',
      containers: [{ name: 'main', restartPolicy: 'Never', restartPolicyRules: rules }],
    };
    const phase = (code: number) =>
      getPhase(pod(spec), [], [status('main', ended(code))], { terminal: false, begun: true });
    expect(phase(42)).toBe('Running');
    expect(phase(1)).toBe('Failed');
    expect(phase(0)).toBe('Succeeded');
  });
});
