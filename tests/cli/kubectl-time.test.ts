import { describe, expect, it } from 'vitest';
import { kubectlTimes } from '@/cli/replay/kubectl-time';

const step = (t: number, command: string) => ({ t, command });

describe('how long a kubectl of a recording needed', () => {
  it('shows in how soon the next command came after a plain get', () => {
    const steps = [
      step(0, 'kubectl apply -f a.yaml'),
      step(4, 'kubectl get pod'),
      step(4.2, 'kubectl get pod -o wide'),
      step(4.36, 'curl -s 10.0.0.1'),
      step(5, 'kubectl get pod -w'),
      step(5.01, 'kubectl get rs'),
      step(5.19, 'kubectl describe pod web | tail -3'),
    ];
    // 200, 160 and 180 ms
    expect(kubectlTimes(steps)).toEqual([238, 170, 170, 0, 170, 170, 170]);
  });

  it('is never longer than the step of a change, and the usual one where nothing shows it', () => {
    const quick = [step(0, 'kubectl get pod'), step(0.1, 'kubectl apply -f a.yaml'), step(0.22, 'kubectl get ds')];
    expect(kubectlTimes(quick)).toEqual([90, 100, 90]);
    expect(kubectlTimes([step(0, 'kubectl apply -f a.yaml'), step(9, 'kubectl get pod | head -1')])).toEqual([112, 80]);
  });
});
