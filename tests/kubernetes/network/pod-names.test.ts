import { expect, it } from 'vitest';
import type { Pod, PodSpec } from '@/kubernetes/api/generated/core-v1';
import { podHostname, podHosts } from '@/kubernetes/network/pod-files';

const pod = (spec: Partial<PodSpec>) =>
  ({
    metadata: { name: 'web', namespace: 'shop' },
    spec: { containers: [], ...spec },
    status: { podIPs: [{ ip: '10.244.1.2' }] },
  }) as unknown as Pod; // only what names are made from

// pkg/kubelet/kubelet_pods.go `GeneratePodHostNameAndDomain`
it.each<[Partial<PodSpec>, string]>([
  [{}, 'web'],
  [{ hostname: 'box' }, 'box'],
  [{ hostname: 'box', subdomain: 'sub' }, 'box'],
  [{ hostname: 'box', subdomain: 'sub', setHostnameAsFQDN: true }, 'box.sub.shop.svc.cluster.local'],
  [{ setHostnameAsFQDN: true }, 'web'],
  [{ hostNetwork: true, hostname: 'box' }, 'node1'],
  [{ hostnameOverride: 'db.example.com', hostname: 'box', subdomain: 'sub' }, 'db.example.com'],
])('names a Pod with %j %s', (spec, name) => {
  expect(podHostname(pod(spec), 'node1')).toBe(name);
});

// pkg/kubelet/kubelet_pods.go `managedHostsFileContent`
it('writes both names into its hosts file, whichever it is called by', () => {
  const spec = { hostname: 'box', subdomain: 'sub', setHostnameAsFQDN: true };
  const line = '10.244.1.2\tbox.sub.shop.svc.cluster.local\tbox\n';
  expect(podHosts(pod(spec), 'box.sub.shop.svc.cluster.local', '')).toContain(line);
  expect(podHosts(pod({ ...spec, setHostnameAsFQDN: false }), 'box', '')).toContain(line);
});
