import { describe, expect, it } from 'vitest';
import { nextPodAddress } from '@/cli/replay/pod-addresses';

describe('the addresses that earlier Pods of a recorded node had', () => {
  it('are those below the lowest one that a command printed', () => {
    const outputs = [
      'web-1 10.244.1.41\nweb-2 10.244.1.42',
      'gateway 10.244.1.1, broadcast 10.244.1.255, 10.244.1.0/24',
    ];
    expect(nextPodAddress(outputs, '10.244.1.0/24')).toBe(41);
    expect(nextPodAddress(outputs, '10.244.2.0/24')).toBeUndefined();
    expect(nextPodAddress(outputs, undefined)).toBeUndefined();
  });
});
