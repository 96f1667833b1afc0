import { beforeAll, describe, expect, it } from 'vitest';
import { loadImagePages, mentionsImagePages } from '@/course/image-pages';
import { simulate } from '@/course/simulation';
import { goFloat } from '@/kubernetes/runtime/programs/exposition';
import { runLine } from '@/shell/interpreter';
import { parsePlace } from '@/shell/place';
import { Session } from '@/shell/session';

beforeAll(loadImagePages);

/** An exporter on the network of a machine that has Pods of its own. */
function exporter(pods: number) {
  const cluster = simulate({
    name: 'metrics',
    lan: '10.0.0.0/24',
    nodes: [
      {
        name: 'node1',
        internalIP: '10.0.0.11',
        podCIDR: '10.244.1.0/24',
        interface: 'ens33',
        capacity: { cpu: '2', memory: '24684096Ki', pods: '110' },
      },
    ],
  });
  const run = (name: string, image: string, hostNetwork: boolean) =>
    cluster.client().create('pods', {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace: 'default' },
      spec: { nodeName: 'node1', hostNetwork, containers: [{ name: 'main', image }] },
    });
  run('exporter', 'prom/node-exporter:v1.9.1', true);
  for (let i = 0; i < pods; i++) run(`web-${i}`, 'nginx:1.25', false);
  cluster.advance(15_000);
  return (line: string) => cluster.run(runLine(new Session(cluster, parsePlace('node1', [])), line)).stdout;
}

// node_exporter 1.9.1 on a Debian machine of two processors, asked by a container that has its /proc and /sys
describe('the metrics of a node', () => {
  it('are as many as a real exporter tells of, one more of each kind for an interface', () => {
    expect(exporter(0)('curl -s localhost:9100/metrics | grep -c ^node_')).toBe('438\n');
    const at = exporter(1);
    const of = (name: string) => at(`curl -s localhost:9100/metrics | grep ^${name}`);
    expect(of('node_network_up').replace(/veth\w{8}/, 'veth')).toBe(
      'node_network_up{device="cni0"} 1\nnode_network_up{device="ens33"} 1\nnode_network_up{device="lo"} 0\nnode_network_up{device="veth"} 1\n',
    );
    expect(of('node_arp_entries')).toBe('node_arp_entries{device="cni0"} 1\nnode_arp_entries{device="ens33"} 1\n');
    expect(of('node_network_mtu_bytes{device=.lo')).toBe('node_network_mtu_bytes{device="lo"} 65536\n');
  });

  it('follow the machine and its clock', () => {
    const at = exporter(0);
    expect(at('curl -s localhost:9100/metrics | grep -e ^node_memory_MemTotal -e ^node_uname_info')).toBe(
      'node_memory_MemTotal_bytes 2.5276514304e+10\n' +
        'node_uname_info{domainname="(none)",machine="x86_64",nodename="node1",release="6.12.30",sysname="Linux",version="#1 SMP PREEMPT_DYNAMIC @0"} 1\n',
    );
    expect(at('curl -s localhost:9100/metrics | grep ^node_cpu_guest | cut -d" " -f1')).toBe(
      ['0', '1']
        .flatMap((cpu) => ['nice', 'user'].map((mode) => `node_cpu_guest_seconds_total{cpu="${cpu}",mode="${mode}"}\n`))
        .join(''),
    );
    // The world begins on 2026-01-05 at 09:00.
    expect(at('curl -s localhost:9100/metrics | grep ^node_boot_time')).toBe('node_boot_time_seconds 1.7676036e+09\n');
  });

  it('come as client_golang writes them', () => {
    const at = exporter(0);
    expect(at('curl -si localhost:9100/metrics | head -9').replaceAll('\r', '').split('\n')).toEqual([
      'HTTP/1.1 200 OK',
      'Content-Type: text/plain; version=0.0.4; charset=utf-8; escaping=underscores',
      expect.stringMatching(/^Date: /),
      'Transfer-Encoding: chunked',
      '',
      '# HELP go_gc_duration_seconds A summary of the wall-time pause (stop-the-world) duration in garbage collection cycles.',
      '# TYPE go_gc_duration_seconds summary',
      'go_gc_duration_seconds{quantile="0"} 0',
      'go_gc_duration_seconds{quantile="0.25"} 0',
      '',
    ]);
    expect(at('curl -s localhost:9100/nosuch')).toBe('404 page not found\n');
    expect([1, 999_999, 1e6, 25_276_514_304, 9.223372036854776e18].map(goFloat)).toEqual([
      '1',
      '999999',
      '1e+06',
      '2.5276514304e+10',
      '9.223372036854776e+18',
    ]);
  });

  it('are loaded for lines that may ask for them', () => {
    expect(['curl -s node1:9100/metrics', 'kubectl get pods'].map(mentionsImagePages)).toEqual([true, false]);
  });
});
