import { describe, expect, it } from 'vitest';
import { Cluster } from '@/kubernetes/cluster';
import { runLine } from '@/shell/interpreter';
import { Session } from '@/shell/session';

const world = { name: 'rules', nodes: [{ name: 'node1', internalIP: '10.0.0.11' }], kubelet: 'fake' as const };
const say = 'iptables v1.8.9 (nf_tables): ';
const help = "Try `iptables -h' or 'iptables --help' for more information.\n";

/** Types lines one after another; the last one's answer. */
function type(...lines: string[]) {
  const cluster = new Cluster(world);
  const session = new Session(cluster, { kind: 'node', name: 'node1' });
  return lines.map((line) => cluster.run(runLine(session, line))).at(-1);
}

// What iptables 1.8.9 (nf_tables) answers on Debian 12.
describe('iptables stores a rule as the kernel does', () => {
  it.each([
    ['-p tcp --dport http -j ACCEPT', '-p tcp -m tcp --dport 80 -j ACCEPT'],
    ['-p TCP -m tcp --dport=1000:2000 -j DROP', '-p tcp -m tcp --dport 1000:2000 -j DROP'],
    ['-p 6 -j ACCEPT', '-p tcp -j ACCEPT'],
    ['-p all -s 0.0.0.0/0 -j ACCEPT', '-j ACCEPT'],
    ['-s 10.1.2.3/8 -j DROP', '-s 10.0.0.0/8 -j DROP'],
    ['-s 10.1.2.3/255.255.0.0 ! -d 10.0.0.1 -j DROP', '-s 10.1.0.0/16 ! -d 10.0.0.1/32 -j DROP'],
    ['-m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT', '-m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT'],
    ['-m state --state NEW -j ACCEPT', '-m state --state NEW -j ACCEPT'],
    ['-p icmp --icmp-type echo-request -j DROP', '-p icmp -m icmp --icmp-type 8 -j DROP'],
    ['-p tcp --syn -j DROP', '-p tcp -m tcp --tcp-flags FIN,SYN,RST,ACK SYN -j DROP'],
    ['-m comment --comment hello -j RETURN', '-m comment --comment hello -j RETURN'],
    ['-m comment --comment "it\'s so" -j RETURN', '-m comment --comment "it\\\'s so" -j RETURN'],
    ['-j LOG --log-prefix "drop: "', '-j LOG --log-prefix "drop: "'],
    ['-m limit --limit 5/minute -j LOG', '-m limit --limit 5/min -j LOG'],
    ['-j MARK --set-mark 5', '-j MARK --set-xmark 0x5/0xffffffff'],
    ['-p tcp -j REJECT --reject-with tcp-reset -s 10.0.0.1', '-s 10.0.0.1/32 -p tcp -j REJECT --reject-with tcp-reset'],
  ])('%s', (given, stored) => {
    expect(type(`iptables -N T`, `iptables -A T ${given}`, 'iptables -S T')?.stdout).toBe(`-N T\n-A T ${stored}\n`);
  });

  it('makes a rule of every address', () => {
    expect(type('iptables -A INPUT -s 10.0.0.1,10.0.0.2 -j DROP', 'iptables -S INPUT')?.stdout).toContain(
      '-A INPUT -s 10.0.0.1/32 -j DROP\n-A INPUT -s 10.0.0.2/32 -j DROP\n',
    );
  });

  it('lists it in columns, with names and without', () => {
    const rules = [
      'iptables -N T',
      'iptables -A T -p tcp --dport 1000:2000 -j DROP',
      'iptables -A T -p icmp --icmp-type 8 -i eth0 -j DROP',
      'iptables -A T -s 127.0.0.0/8 -j LOG --log-prefix x',
      'iptables -A T -j MARK --set-mark 5',
    ];
    expect(type(...rules, 'iptables -vnL T')?.stdout).toBe(
      'Chain T (0 references)\n' +
        ' pkts bytes target     prot opt in     out     source               destination         \n' +
        '    0     0 DROP       6    --  *      *       0.0.0.0/0            0.0.0.0/0            tcp dpts:1000:2000\n' +
        '    0     0 DROP       1    --  eth0   *       0.0.0.0/0            0.0.0.0/0            icmptype 8\n' +
        '    0     0 LOG        0    --  *      *       127.0.0.0/8          0.0.0.0/0            LOG flags 0 level 4 prefix "x"\n' +
        '    0     0 MARK       0    --  *      *       0.0.0.0/0            0.0.0.0/0            MARK set 0x5\n',
    );
    expect(type(...rules, 'iptables -L T')?.stdout).toBe(
      'Chain T (0 references)\n' +
        'target     prot opt source               destination         \n' +
        'DROP       tcp  --  anywhere             anywhere             tcp dpts:1000:cisco-sccp\n' +
        'DROP       icmp --  anywhere             anywhere             icmp echo-request\n' +
        'LOG        all  --  loopback/8           anywhere             LOG level warn prefix "x"\n' +
        'MARK       all  --  anywhere             anywhere             MARK set 0x5\n',
    );
    expect(type(...rules, 'iptables -L T 2 -n')?.stdout).toBe(
      'DROP       1    --  0.0.0.0/0            0.0.0.0/0            icmptype 8\n',
    );
    expect(type(...rules, 'iptables -S T 1')?.stdout).toBe('-A T -p tcp -m tcp --dport 1000:2000 -j DROP\n');
    expect(type('iptables -N T', 'iptables -A T -i lo -j DROP', 'iptables -vS T')?.stdout).toBe(
      '-N T\n-A T -i lo -c 0 0 -j DROP\n',
    );
  });
});

describe('iptables refuses', () => {
  it.each([
    ['-A INPUT -p tcp --dport 99999 -j DROP', 2, `${say}invalid port/service \`99999' specified\n${help}`],
    ['-A INPUT --dport 80 -j DROP', 2, `${say}unknown option "--dport"\n${help}`],
    ['-A INPUT -p foo -j DROP', 2, `${say}unknown protocol "foo" specified\n${help}`],
    ['-A INPUT -s 1.2.3.4/33 -j DROP', 2, `${say}invalid mask \`33' specified\n${help}`],
    ['-A INPUT -s 1.2.3.4.5 -j DROP', 2, `${say}host/network \`1.2.3.4.5' not found\n${help}`],
    ['-A INPUT -j NOSUCH', 2, `${say}Chain 'NOSUCH' does not exist\n${help}`],
    ['-A NOSUCH -j DROP', 1, 'iptables: No chain/target/match by that name.\n'],
    ['-A INPUT -j MASQUERADE', 4, `${say} RULE_APPEND failed (Invalid argument): rule in chain INPUT\n`],
    ['-t nat -A PREROUTING -j REJECT', 4, `${say} RULE_APPEND failed (Invalid argument): rule in chain PREROUTING\n`],
    [
      '-A INPUT -j REJECT --reject-with tcp-reset',
      4,
      `${say} RULE_APPEND failed (Invalid argument): rule in chain INPUT\n`,
    ],
    ['-D INPUT 99', 1, 'iptables: Index of deletion too big.\n'],
    ['-R INPUT 99 -j DROP', 1, 'iptables: Index of replacement too big.\n'],
    ['-I INPUT 99 -j DROP', 1, 'iptables: Index of insertion too big.\n'],
    ['-D INPUT -p udp -j DROP', 1, 'iptables: Bad rule (does a matching rule exist in that chain?).\n'],
    ['-P INPUT FOO', 1, "iptables: Bad policy name. Run `dmesg' for more information.\n"],
    ['-P NOSUCH DROP', 1, 'iptables: Bad built-in chain name.\n'],
    ['-S NOSUCH', 1, `${say}chain \`NOSUCH' in table \`filter' is incompatible, use 'nft' tool.\n`],
    ['-L INPUT foo', 2, `${say}Invalid rule number \`foo'\n${help}`],
    ['-t nosuch -L', 3, `${say}table 'nosuch' does not exist\nPerhaps iptables or your kernel needs to be upgraded.\n`],
    ['-A INPUT -m time --timestart 8:00 -j DROP', 2, `${say}match \`time' is not simulated\n${help}`],
  ])('%s', (given, exitCode, stderr) => {
    expect(type(`iptables ${given}`)).toEqual({ stdout: '', stderr, exitCode });
  });
});

it('renames, replaces and inserts', () => {
  const lines = ['iptables -N T', 'iptables -A T -j DROP', 'iptables -A INPUT -j T', 'iptables -E T U'];
  expect(
    type(...lines, 'iptables -R U 1 -p tcp -j DROP', 'iptables -I U 2 -j RETURN', 'iptables -S | grep U$')?.stdout,
  ).toBe('-N U\n-A INPUT -j U\n');
  expect(type(...lines, 'iptables -R U 1 -p tcp -j DROP', 'iptables -I U 2 -j RETURN', 'iptables -S U')?.stdout).toBe(
    '-N U\n-A U -p tcp -j DROP\n-A U -j RETURN\n',
  );
});

it('ip6tables keeps to its own family', () => {
  const refused = type('ip6tables -A INPUT -s 10.0.0.1 -j DROP');
  expect(refused?.stderr).toContain("ip6tables v1.8.9 (nf_tables): host/network `10.0.0.1' not found\n");
  expect(type('ip6tables -A INPUT -s fe80::1 -j DROP', 'ip6tables -nL INPUT')?.stdout).toContain(
    'DROP       0    --  fe80::1              ::/0                \n',
  );
});

it('iptables-save tells when it was asked', () => {
  expect(type('iptables -t raw -A OUTPUT -j ACCEPT', 'iptables-save -t raw')?.stdout).toMatch(
    /^# Generated by iptables-save v1\.8\.9 \(nf_tables\) on \w{3} \w{3} [ \d]\d \d\d:\d\d:\d\d \d{4}\n\*raw\n:PREROUTING ACCEPT \[0:0\]\n:OUTPUT ACCEPT \[0:0\]\n-A OUTPUT -j ACCEPT\nCOMMIT\n# Completed on /,
  );
});
