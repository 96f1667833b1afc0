import { describe, expect, it } from 'vitest';
import { Cluster } from '@/kubernetes/cluster';
import { runLine } from '@/shell/interpreter';
import { Session } from '@/shell/session';

const world = { name: 'nft', nodes: [{ name: 'node1', internalIP: '10.0.0.11' }], kubelet: 'fake' as const };

function type(...lines: string[]) {
  const cluster = new Cluster(world);
  const session = new Session(cluster, { kind: 'node', name: 'node1' });
  return lines.map((line) => cluster.run(runLine(session, line))).at(-1);
}

const counter = 'counter packets 0 bytes 0';

// What nft 1.0.6 lists of rules that iptables 1.8.9 has made.
describe('nft lists the rules of iptables', () => {
  it.each([
    ['-p tcp --dport 80 -j ACCEPT', `tcp dport 80 ${counter} accept`],
    ['-p tcp -m comment --comment x -m tcp --dport 80 -j ACCEPT', `meta l4proto tcp  tcp dport 80 ${counter} accept`],
    ['-p tcp -m tcp --dport 80 -m comment --comment x -j ACCEPT', `tcp dport 80  ${counter} accept`],
    ['-s 10.0.0.1 -p tcp -j ACCEPT', `meta l4proto tcp ip saddr 10.0.0.1 ${counter} accept`],
    ['-p tcp -m multiport --dports 80,443:445 -j DROP', `meta l4proto tcp tcp dport { 80, 443-445 } ${counter} drop`],
    ['-p tcp -m multiport --dports 80 -j DROP', `meta l4proto tcp tcp dport 80 ${counter} drop`],
    ['-p tcp --dport 1000:2000 -j DROP', `tcp dport 1000-2000 ${counter} drop`],
    ['-p tcp --syn -j DROP', `tcp flags syn / fin,syn,rst,ack ${counter} drop`],
    ['-p icmp --icmp-type 8 -j DROP', `meta l4proto icmp icmp type echo-request ${counter} drop`],
    ['-i eth+ -s 10.0.0.1/24 -j DROP', `iifname "eth*" ip saddr 10.0.0.0/24 ${counter} drop`],
    ['-m conntrack --ctstate RELATED,ESTABLISHED -j DROP', `ct state related,established ${counter} drop`],
    ['-m conntrack ! --ctstate RELATED,DNAT -j DROP', `ct status dnat ${counter} drop`],
    ['-m conntrack ! --ctstate INVALID -j DROP', `ct state ! invalid ${counter} drop`],
    ['-m mark --mark 5 -j DROP', `meta mark 0x00000005 ${counter} drop`],
    ['-m limit --limit 3/sec --limit-burst 9 -j DROP', `limit rate 3/second burst 9 packets ${counter} drop`],
    ['-m statistic --mode random --probability 0.5 -j DROP', `meta random & 2147483647 < 1073741824 ${counter} drop`],
    ['-j LOG --log-prefix "d: " --log-level 6', `${counter} log prefix "d: " level info`],
    ['-j MARK --set-xmark 0x5/0xff', `${counter} meta mark set mark and 0xffffff00 xor 0x5`],
    ['-j MARK --or-mark 0x10', `${counter} meta mark set mark or 0x10`],
    ['-p tcp -j REJECT --reject-with tcp-reset', `meta l4proto tcp ${counter} reject with tcp reset`],
    ['-m comment --comment x', ` ${counter}`],
  ])('%s', (rule, line) => {
    const answer = type('iptables -N T', `iptables -A T ${rule}`, 'nft list chain ip filter T');
    expect(answer?.stdout).toBe(`table ip filter {\n\tchain T {\n\t\t${line}\n\t}\n}\n`);
  });

  it('and warns of a table with what only iptables reads', () => {
    const warning = '# Warning: table ip raw is managed by iptables-nft, do not touch!\n';
    const list = (rule: string) => type(`iptables -t raw -A OUTPUT ${rule}`, 'nft list table raw')?.stderr;
    expect(list('-p tcp --dport 80 -j ACCEPT')).toBe('');
    expect(list('-m mark --mark 5 -j DROP')).toBe('');
    expect(list('-m comment --comment x')).toBe(warning);
    expect(list('-j LOG')).toBe(warning);
  });

  it('of one family, chains alone, without what changes, with priorities as numbers', () => {
    const raw = ['iptables -t raw -A OUTPUT -j ACCEPT', 'ip6tables -t raw -A OUTPUT -j ACCEPT'];
    expect(type(...raw, 'nft list ruleset ip6')?.stdout).not.toContain('table ip raw');
    expect(type(...raw, 'nft list tables ip6')?.stdout).toContain('table ip6 raw\n');
    expect(type(...raw, 'nft list tables ip6')?.stdout).not.toContain('table ip ');
    expect(type(...raw, 'nft list chains ip6')?.stdout).toContain(
      'table ip6 raw {\n\tchain PREROUTING {\n\t\ttype filter hook prerouting priority raw; policy accept;\n\t}\n' +
        '\tchain OUTPUT {\n\t\ttype filter hook output priority raw; policy accept;\n\t}\n}\n',
    );
    expect(type(...raw, 'nft -n -s list chain raw OUTPUT')?.stdout).toBe(
      'table ip raw {\n\tchain OUTPUT {\n\t\ttype filter hook output priority -300; policy accept;\n\t\tcounter accept\n\t}\n}\n',
    );
  });

  it.each([
    ['nft list table nosuch', 'Error: No such file or directory\nlist table nosuch\n           ^^^^^^\n'],
    ['nft list', 'Error: syntax error, unexpected newline\nlist\n    ^\n'],
    ['nft list foo', 'Error: syntax error, unexpected string\nlist foo\n     ^^^\n'],
    ['nft', 'nft: no command specified\n'],
  ])('%s', (line, stderr) => {
    expect(type(line)?.stderr).toBe(stderr);
  });
});
