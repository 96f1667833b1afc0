import type { Tracked, Tuple } from '@/kubernetes/network/conntrack';
import { HOST } from '@/kubernetes/network/host';
import { servicePort } from '@/kubernetes/network/service-names';
import { type ShellCommand, plain } from '../command';
import { type Options, hasFlag, lastValue, readOptions } from './options';
import { joinLines } from './text';

// conntrack-tools 1.4.7, src/conntrack.c

const title = 'conntrack v1.4.7 (conntrack-tools)';

const always = {
  flags: 'L list D delete C count F flush h help V version z zero'.split(' '),
  withValue: 's src orig-src d dst orig-dst r reply-src q reply-dst p proto f family o output m mark u status'.split(
    ' ',
  ),
};
const ofPorts = 'sport orig-port-src dport orig-port-dst reply-port-src reply-port-dst state'.split(' ');
const numbers = { TCP: 6, UDP: 17, ICMP: 1 } as const;
const states = 'NONE SYN_SENT SYN_RECV ESTABLISHED FIN_WAIT CLOSE_WAIT LAST_ACK TIME_WAIT CLOSE LISTEN SYN_SENT2'.split(
  ' ',
);

/**
 * `conntrack -L`, `-C`, `-D`, `-F`: the connections that the machine's kernel remembers. They are over as soon as they
 * are made; what is left of each has its time still to go.
 */
export const conntrack: ShellCommand = plain((words, context) => {
  const { scene, cluster, stdout, stderr } = context;
  const refuse = (problem: string) => {
    stderr(`${title}: ${problem}\nTry \`conntrack -h' or 'conntrack --help' for more information.\n`);
    return 2;
  };
  const { args, nat } = natOptions(words);
  const first = readOptions(args, { ...always, withValue: [...always.withValue, ...ofPorts] });
  const protocol = lastValue(first, 'p', 'proto')?.toUpperCase();
  if (protocol !== undefined && !/^(TCP|UDP|ICMP|SCTP|ICMPV6|6|17|1)$/.test(protocol))
    return refuse(`\`${lastValue(first, 'p', 'proto') ?? ''}' unsupported protocol`);
  // What belongs to a protocol is known only once that is named.
  const port = protocol === undefined ? ofPorts.find((name) => first.values.has(name)) : undefined;
  if (port !== undefined) return refuse(`unknown option \`--${port}'`);
  if (first.unknown !== undefined) {
    const shown = first.unknown.startsWith('-') ? first.unknown : `-${first.unknown}`;
    if (/^(-[AEGIUSR]|--(event|get|create|update|stats|load-file))$/.test(shown)) {
      stderr(`conntrack: ${shown}: only -L, -C, -D and -F are simulated\n`);
      return 127;
    }
    return refuse(`unknown option \`${shown}'`);
  }
  if (hasFlag(first, 'V', 'version')) {
    stdout(`${title}\n`);
    return 0;
  }
  if (hasFlag(first, 'h', 'help') || args.length === 0) {
    stdout('conntrack: its help is not simulated; conntrack -L lists what is remembered\n');
    return 0;
  }
  const wrongState = lastValue(first, 'state');
  if (wrongState !== undefined && !states.includes(wrongState)) return refuse(`unknown TCP state \`${wrongState}'`);
  const [type] = first.operands;
  if (type !== undefined && type !== 'conntrack') {
    if (type !== 'expect') return refuse(`unknown type \`${type}'`);
    stderr(`${title}: 0 expectations have been shown.\n`);
    return 0;
  }
  const output = lastValue(first, 'o', 'output') ?? '';
  if (/xml|json|timestamp|ktimestamp|userspace/.test(output)) {
    stderr(`conntrack: -o ${output}: not simulated\n`);
    return 127;
  }
  if (scene.uid !== 0 || (scene.process && !scene.process.capabilities.includes('NET_ADMIN'))) {
    stderr(`${title}: Operation failed: sorry, you must be root or get CAP_NET_ADMIN capability to do this\n`);
    return 1;
  }
  const { now } = cluster.clock;
  const kept = scene.namespace === HOST ? scene.kernel.connections : undefined;
  const all = kept?.list(now) ?? [];
  if (hasFlag(first, 'C', 'count')) {
    stdout(`${all.length}\n`);
    return 0;
  }
  if (hasFlag(first, 'F', 'flush')) {
    kept?.forget(() => true);
    stderr(`${title}: connection tracking table has been emptied.\n`);
    return 0;
  }
  const found = all.filter((entry) => fits(entry, first, nat));
  const deletes = hasFlag(first, 'D', 'delete');
  stdout(joinLines(found.map((entry) => text(entry, now, output.includes('extended')))));
  stderr(`${title}: ${found.length} flow entries have been ${deletes ? 'deleted' : 'shown'}.\n`);
  if (!deletes) return 0;
  kept?.forget((entry) => found.includes(entry));
  return found.length > 0 ? 0 : 1;
});

/** `-n`, `-g`, `-j`: what has been translated; an address may follow. */
interface Nat {
  readonly kind: 'src' | 'dst' | 'any';
  readonly address?: string;
}

function natOptions(words: readonly string[]): { args: string[]; nat: Nat[] } {
  const kinds: Readonly<Record<string, Nat['kind']>> = {
    ...{ '-n': 'src', '--src-nat': 'src', '-g': 'dst', '--dst-nat': 'dst', '-j': 'any', '--any-nat': 'any' },
  };
  const args: string[] = [];
  const nat: Nat[] = [];
  for (let i = 0; i < words.length; i++) {
    const [name = '', given] = (words[i] ?? '').split('=');
    const kind = kinds[name];
    if (!kind) args.push(words[i] ?? '');
    else if (given !== undefined) nat.push({ kind, address: given });
    else if (/^\d/.test(words[i + 1] ?? '')) nat.push({ kind, address: words[++i] ?? '' });
    else nat.push({ kind });
  }
  return { args, nat };
}

function fits(entry: Tracked, options: Options, nat: readonly Nat[]): boolean {
  const { original, reply, protocol, state, replied, assured } = entry;
  const is = (value: string | number, ...names: string[]) => {
    const wanted = lastValue(options, ...names);
    return wanted === undefined || portNumber(wanted) === String(value);
  };
  const portNumber = (word: string) => servicePort(word) ?? word;
  const named = lastValue(options, 'p', 'proto')?.toUpperCase();
  const status = lastValue(options, 'u', 'status')?.toUpperCase();
  return (
    (named === undefined || named === protocol || named === String(numbers[protocol])) &&
    is(original.source, 's', 'src', 'orig-src') &&
    is(original.destination, 'd', 'dst', 'orig-dst') &&
    is(reply.source, 'r', 'reply-src') &&
    is(reply.destination, 'q', 'reply-dst') &&
    is(original.sourcePort, 'sport', 'orig-port-src') &&
    is(original.destinationPort, 'dport', 'orig-port-dst') &&
    is(reply.sourcePort, 'reply-port-src') &&
    is(reply.destinationPort, 'reply-port-dst') &&
    is(state ?? '', 'state') &&
    is(0, 'm', 'mark') &&
    !/6/.test(lastValue(options, 'f', 'family') ?? '') &&
    (status === undefined || (status === 'ASSURED' && assured) || (status === 'UNREPLIED' && !replied)) &&
    nat.every((one) => translated(entry, one))
  );
}

function translated({ original, reply, protocol }: Tracked, { kind, address }: Nat): boolean {
  const destination = reply.source !== original.destination || reply.sourcePort !== original.destinationPort;
  const source = reply.destination !== original.source || reply.destinationPort !== original.sourcePort;
  if (address !== undefined)
    return (
      (kind !== 'src' && destination && reply.source === address) ||
      (kind !== 'dst' && source && reply.destination === address)
    );
  // The numbers of a ping stand where ports would: they never agree, so that it takes every ping for translated.
  return protocol === 'ICMP' || (kind !== 'src' && destination) || (kind !== 'dst' && source);
}

function text(
  { protocol, original, reply, state, replied, assured, until }: Tracked,
  now: number,
  extended: boolean,
): string {
  const name = protocol.toLowerCase().padEnd(8);
  // What is left is cut to whole seconds, and a moment has always passed.
  const left = Math.max(0, Math.ceil((until - now) / 1000) - 1);
  const way = (one: Tuple, type: number) =>
    `src=${one.source} dst=${one.destination} ` +
    (protocol === 'ICMP'
      ? `type=${type} code=0 id=${original.sourcePort}`
      : `sport=${one.sourcePort} dport=${one.destinationPort}`);
  return [
    ...(extended ? ['ipv4     2'] : []),
    `${name} ${numbers[protocol]} ${left}`,
    ...(state ? [state] : []),
    way(original, 8),
    ...(replied ? [] : ['[UNREPLIED]']),
    way(reply, 0),
    ...(assured ? ['[ASSURED]'] : []),
    'mark=0 use=1',
  ].join(' ');
}
