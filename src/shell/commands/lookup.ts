import { type QueryResult, candidates, queryAny } from '@/kubernetes/network/dns/resolver';
import type { Task } from '@/kubernetes/clock/task';
import type { RecordType } from '@/kubernetes/network/dns/cluster-zone';
import { parseIPv4 } from '@/kubernetes/network/address';
import { type ResolverConfig, parseResolver } from '@/kubernetes/network/pod-files';
import type { ShellCommand, ShellContext } from '../command';
import { resolveAt } from '../net/connect';
import { lastValue, readOptions } from './options';

/** `nslookup [-type=TYPE] NAME [SERVER]`: of busybox in a container that has only that, else of BIND. */
export const nslookup: ShellCommand = {
  *run(args, context) {
    const type = /^-(?:type|query|q)=(\w+)$/i.exec(args.find((word) => word.startsWith('-')) ?? '')?.[1]?.toUpperCase();
    const [name, server] = args.filter((word) => !word.startsWith('-'));
    if (name === undefined) {
      context.stderr('Usage: nslookup [-type=QUERY_TYPE] HOST [DNS_SERVER]\n');
      return 1;
    }
    const config = configAt(context, server);
    const address = config.nameservers[0];
    if (address === undefined) {
      context.stderr(';; connection timed out; no servers could be reached\n');
      return 1;
    }
    const busybox = context.scene.busybox;
    const reverse = parseIPv4(name) === undefined ? name : `${name.split('.').reverse().join('.')}.in-addr.arpa`;
    const wanted: RecordType[] = type ? [recordType(type)] : reverse !== name ? ['PTR'] : ['A', 'AAAA'];
    const first = ask(context, config, reverse, wanted[0] ?? 'A');
    if (first.status === 'silent' || first.status === 'refused') {
      // busybox: 5 s and two tries more; BIND's: 5 s, three tries.
      const until = context.cluster.clock.now + (first.status === 'silent' ? 15_000 : 0);
      while (context.cluster.clock.now < until) yield { until };
      context.stdout(';; connection timed out; no servers could be reached\n\n');
      return 1;
    }
    context.stdout(`Server:\t\t${address}\nAddress:\t${address}${busybox ? ':53' : '#53'}\n\n`);
    return busybox ? busyboxAnswers(context, config, reverse, wanted) : bindAnswers(context, config, reverse, wanted);
  },
};

/** busybox asks every candidate for every type at once and prints the answers one by one; it adds no domain to a name with a dot. */
function busyboxAnswers(
  context: ShellContext,
  config: ResolverConfig,
  name: string,
  types: readonly RecordType[],
): number {
  const names =
    name.includes('.') || config.search.length === 0 ? [name] : config.search.map((domain) => `${name}.${domain}`);
  let failed = false;
  for (const candidate of names) {
    for (const type of types) {
      const result = ask(context, config, candidate, type);
      if (result.status === 'nxdomain') {
        failed = true;
        context.stdout(`** server can't find ${candidate}: NXDOMAIN\n`);
      } else for (const record of result.records) context.stdout(recordText(record));
      context.stdout('\n');
    }
  }
  return failed ? 1 : 0;
}

function bindAnswers(
  context: ShellContext,
  config: ResolverConfig,
  name: string,
  types: readonly RecordType[],
): number {
  for (const candidate of candidates(name, config)) {
    const results = types.map((type) => ask(context, config, candidate, type));
    const records = results.flatMap((result) => [...result.records]);
    if (results[0]?.status === 'nxdomain') continue;
    for (const record of records) context.stdout(recordText(record));
    if (records.length === 0) context.stdout(`*** Can't find ${candidate}: No answer\n`);
    context.stdout('\n');
    return records.length === 0 ? 1 : 0;
  }
  context.stdout(`** server can't find ${name}: NXDOMAIN\n\n`);
  return 1;
}

function recordText({ name, type, data }: { name: string; type: RecordType; data: string }): string {
  switch (type) {
    case 'SRV':
      return `${name}\tservice = ${data}\n`;
    case 'PTR':
      return `${name}\tname = ${data}\n`;
    case 'CNAME':
      return `${name}\tcanonical name = ${data}\n`;
    default:
      return `Name:\t${name}\nAddress: ${data}\n`;
  }
}

/** `dig [+short] [@SERVER] NAME [TYPE]`: no search list, unless `+search`. */
export const dig: ShellCommand = {
  *run(args, context) {
    const server = args.find((word) => word.startsWith('@'))?.slice(1);
    const words = args.filter((word) => !/^[@+-]/.test(word));
    const type = recordType(words.find((word) => /^(A|AAAA|SRV|PTR|CNAME)$/i.test(word))?.toUpperCase() ?? 'A');
    const name = words.find((word) => !/^(A|AAAA|SRV|PTR|CNAME|IN|ANY)$/i.test(word)) ?? '.';
    const config = configAt(context, server);
    const names = args.includes('+search') ? candidates(name, config) : [name.replace(/\.$/, '')];
    let result: QueryResult = { status: 'nxdomain', records: [] };
    let asked = name;
    for (asked of names) {
      result = ask(context, config, asked, type);
      if (result.status !== 'nxdomain') break;
    }
    if (result.status === 'silent' || result.status === 'refused')
      return yield* unreachable(args, context, config, result.status, server !== undefined);
    const rows = result.records.map(
      (record) => `${record.name}.\t\t30\tIN\t${record.type}\t${record.data}${record.type === 'A' ? '' : '.'}\n`,
    );
    if (args.includes('+short')) {
      for (const record of result.records) context.stdout(`${record.data}${record.type === 'A' ? '' : '.'}\n`);
      return 0;
    }
    const status = result.status === 'nxdomain' ? 'NXDOMAIN' : 'NOERROR';
    context.stdout(
      `\n; <<>> DiG 9.18 <<>> ${args.join(' ')}\n;; global options: +cmd\n;; Got answer:\n;; ->>HEADER<<- opcode: QUERY, status: ${status}, id: 1\n;; flags: qr aa rd; QUERY: 1, ANSWER: ${rows.length}, AUTHORITY: 0, ADDITIONAL: 1\n\n;; QUESTION SECTION:\n;${asked}.\t\tIN\t${type}\n\n${rows.length > 0 ? `;; ANSWER SECTION:\n${rows.join('')}\n` : ''};; Query time: 0 msec\n;; SERVER: ${config.nameservers[0] ?? ''}#53(${config.nameservers[0] ?? ''}) (UDP)\n\n`,
    );
    return 0;
  },
};

/**
 * No server answers: every one is asked in turn, as often as there are tries, for as long as one try may take.
 * Upstream: BIND 9.18, bin/dig/dighost.c `recv_done`, `check_next_lookup`; bin/dig/dig.c `printgreeting`
 */
function* unreachable(
  args: readonly string[],
  { cluster: { clock }, stdout }: ShellContext,
  { nameservers }: ResolverConfig,
  status: 'silent' | 'refused',
  given: boolean,
): Task<number> {
  const numberOf = (...names: readonly string[]) => {
    const word = args.find((one) => names.some((name) => one.startsWith(`+${name}=`)));
    return word === undefined ? undefined : Number(word.slice(word.indexOf('=') + 1));
  };
  const retries = numberOf('retry');
  const tries = Math.max(1, numberOf('tries') ?? (retries === undefined ? 3 : retries + 1));
  const wait = Math.max(1, numberOf('time', 'timeout') ?? 5) * 1000;
  for (let turn = 0; turn < tries; turn++) {
    for (const server of nameservers) {
      const until = clock.now + (status === 'silent' ? wait : 0);
      while (clock.now < until) yield { until };
      const why = status === 'silent' ? 'timed out' : 'connection refused';
      stdout(`;; communications error to ${server}#53: ${why}\n`);
    }
  }
  if (!args.includes('+short')) {
    stdout(`\n; <<>> DiG 9.18 <<>> ${args.join(' ')}\n`);
    stdout(`${given ? '; (1 server found)\n' : ''};; global options: +cmd\n`);
  }
  stdout(';; no servers could be reached\n');
  return 9;
}

/** `getent hosts|ahosts|ahostsv4 NAME`: what libc makes of a name. */
export const getent: ShellCommand = {
  *run(args, context) {
    const [database = '', name] = args;
    if (name === undefined || !/^(hosts|ahosts|ahostsv4)$/.test(database)) {
      context.stderr(
        `Unknown database: ${database}\nTry \`getent --help' or \`getent --usage' for more information.\n`,
      );
      return 1;
    }
    const resolved = resolveAt(context, name);
    if (resolved === 'silent') {
      const until = context.cluster.clock.now + 10_000;
      while (context.cluster.clock.now < until) yield { until };
    }
    if (typeof resolved === 'string') return 2;
    const addresses = resolved.addresses.filter((address) => database !== 'ahostsv4' || !address.includes(':'));
    if (database === 'hosts') {
      context.stdout(`${(addresses[0] ?? '').padEnd(15)} ${resolved.canonical}\n`);
      return 0;
    }
    // libc sorts what it got (RFC 6724); the canonical name stands with the first line alone.
    const sorted = [...addresses].sort((a, b) => (parseIPv4(a) ?? 0) - (parseIPv4(b) ?? 0));
    for (const [index, address] of sorted.entries()) {
      for (const kind of ['STREAM', 'DGRAM', 'RAW']) {
        const canonical = index === 0 && kind === 'STREAM' ? resolved.canonical : '';
        context.stdout(`${address.padEnd(15)} ${kind.padEnd(6)} ${canonical}\n`);
      }
    }
    return 0;
  },
};

/** `host NAME`. */
export const host: ShellCommand = {
  *run(args, context) {
    const options = readOptions(args, { flags: ['v', 'a'], withValue: ['t'] });
    const name = options.operands[0] ?? '';
    const type = recordType(lastValue(options, 't')?.toUpperCase() ?? 'A');
    const config = configAt(context, options.operands[1]);
    for (const candidate of candidates(name, config)) {
      const result = ask(context, config, candidate, type);
      if (result.status === 'silent' || result.status === 'refused') {
        context.stdout(';; connection timed out; no servers could be reached\n');
        return 1;
      }
      if (result.status === 'nxdomain') continue;
      for (const record of result.records) context.stdout(`${record.name} has address ${record.data}\n`);
      return 0;
    }
    context.stdout(`Host ${name} not found: 3(NXDOMAIN)\n`);
    return 1;
  },
};

function ask({ cluster, scene }: ShellContext, config: ResolverConfig, name: string, type: RecordType): QueryResult {
  return queryAny(cluster, scene, config, name, type);
}

function configAt({ scene }: ShellContext, server: string | undefined): ResolverConfig {
  const config = parseResolver(scene.files.read('/etc/resolv.conf') ?? '');
  return server === undefined ? config : { ...config, nameservers: [server] };
}

function recordType(text: string): RecordType {
  return text === 'AAAA' || text === 'SRV' || text === 'PTR' || text === 'CNAME' ? text : 'A';
}
