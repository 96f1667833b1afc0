import { describe, expect, it } from 'vitest';
import { simulate } from '@/course/simulation';
import { runLine } from '@/shell/interpreter';
import { parsePlace } from '@/shell/place';
import { Session } from '@/shell/session';

// conntrack-tools 1.4.7, src/conntrack.c; Linux, net/netfilter/nf_conntrack_proto_tcp.c

/** A Pod behind port 8080 of node1, and a machine outside. */
function cluster() {
  const made = simulate({
    name: 'tracked',
    nodes: [
      { name: 'node1', internalIP: '192.168.189.201', podCIDR: '10.244.1.0/24' },
      { name: 'node2', internalIP: '192.168.189.202', podCIDR: '10.244.2.0/24' },
    ],
    machines: [{ name: 'client', ip: '192.168.189.10' }],
  });
  const ports = [{ containerPort: 80, hostPort: 8080 }];
  made.client().create('pods', {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web', namespace: 'default' },
    spec: { nodeName: 'node1', containers: [{ name: 'web', image: 'nginx:1.25', ports }] },
  });
  made.advance(6000);
  const at = (name: string, line: string) => made.run(runLine(new Session(made, parsePlace(name, ['client'])), line));
  return { made, at };
}

const title = 'conntrack v1.4.7 (conntrack-tools)';

describe('conntrack', () => {
  it('remembers where the packets of a host port went, for two minutes', () => {
    const { made, at } = cluster();
    at('client', 'curl -s 192.168.189.201:8080 > /dev/null');
    const { stdout, stderr } = at('node1', 'conntrack -L -p tcp --dport 8080');
    expect(stdout).toMatch(
      /^tcp {6}6 119 TIME_WAIT src=192\.168\.189\.10 dst=192\.168\.189\.201 sport=(\d+) dport=8080 src=10\.244\.1\.\d+ dst=192\.168\.189\.10 sport=80 dport=\1 \[ASSURED\] mark=0 use=1\n$/,
    );
    expect(stderr).toBe(`${title}: 1 flow entries have been shown.\n`);
    expect(at('node1', 'conntrack -L -g --any-nat -o extended').stdout).toMatch(/^ipv4 {5}2 tcp {6}6 /);
    expect(at('node1', 'conntrack -L --src-nat').stdout).toBe('');
    // The machine outside has no rules, and so remembers nothing.
    expect(at('client', 'conntrack -C').stdout).toBe('0\n');
    made.advance(60_000);
    expect(at('node1', 'conntrack -L -s 192.168.189.10').stdout).toContain(' 6 59 TIME_WAIT ');
    made.advance(60_000);
    expect(at('node1', 'conntrack -L -s 192.168.189.10').stderr).toBe(`${title}: 0 flow entries have been shown.\n`);
  });

  it('keeps what was never answered, and forgets at once what was refused', () => {
    const { at } = cluster();
    at('node2', 'curl -s -m 1 10.244.1.99');
    at('node2', 'curl -s -m 1 192.168.189.201:81');
    expect(at('node2', 'conntrack -L -p tcp --state SYN_SENT').stdout).toMatch(
      /^tcp {6}6 11\d SYN_SENT src=192\.168\.189\.202 dst=10\.244\.1\.99 sport=(\d+) dport=80 \[UNREPLIED\] src=10\.244\.1\.99 dst=192\.168\.189\.202 sport=80 dport=\1 mark=0 use=1\n$/,
    );
    expect(at('node1', 'conntrack -L -p tcp --dport 81').stdout).toBe('');
  });

  it('takes entries away, and says how many', () => {
    const { at } = cluster();
    at('client', 'curl -s 192.168.189.201:8080 > /dev/null');
    expect(at('node1', 'conntrack -D -p udp')).toMatchObject({
      stderr: `${title}: 0 flow entries have been deleted.\n`,
      exitCode: 1,
    });
    expect(at('node1', 'conntrack -D -p tcp').stderr).toBe(`${title}: 1 flow entries have been deleted.\n`);
    expect(at('node1', 'conntrack -C').stdout).toBe('0\n');
    expect(at('node1', 'conntrack -F').stderr).toBe(`${title}: connection tracking table has been emptied.\n`);
  });

  it.each([
    ['conntrack -L --dport 80', "unknown option `--dport'"],
    ['conntrack -X', "unknown option `-X'"],
    ['conntrack -L -p foo', "`foo' unsupported protocol"],
    ['conntrack -L foo', "unknown type `foo'"],
    ['conntrack -L -p tcp --state FOO', "unknown TCP state `FOO'"],
  ])('%s: %s', (line, said) => {
    const { stderr, exitCode } = cluster().at('node1', line);
    expect([stderr, exitCode]).toEqual([
      `${title}: ${said}\nTry \`conntrack -h' or 'conntrack --help' for more information.\n`,
      2,
    ]);
  });
});
