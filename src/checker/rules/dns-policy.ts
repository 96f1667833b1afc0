import type { Rule } from '../rule';

/** With hostNetwork, ClusterFirst silently means the node's resolver: pkg/kubelet/network/dns/dns.go `getPodDNSType` */
export const dnsPolicy: Rule = {
  id: 'V06',
  look({ spec, path }) {
    if (!spec.hostNetwork || (spec.dnsPolicy !== undefined && spec.dnsPolicy !== 'ClusterFirst')) return [];
    const field = [...path, 'dnsPolicy'];
    return [{ path: [...path, 'hostNetwork'], set: { path: field, value: 'ClusterFirstWithHostNet', safe: false } }];
  },
};
