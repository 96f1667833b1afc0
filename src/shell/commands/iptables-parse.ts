import { icmpType } from '@/kubernetes/network/netfilter/icmp-types';
import type { Match, Negatable, Rule, Target } from '@/kubernetes/network/netfilter/rule';
import { addressesOf, IptablesProblem, portRange, type RuleReading } from './iptables-operands';
import { parseTarget } from './iptables-target';

// Upstream: extensions/libxt_conntrack.c prints them in this order, however they were given.
const states = ['INVALID', 'NEW', 'RELATED', 'ESTABLISHED', 'UNTRACKED', 'SNAT', 'DNAT'];

const protocols: Readonly<Record<string, string>> = {
  '1': 'icmp',
  '6': 'tcp',
  '17': 'udp',
  '47': 'gre',
  '50': 'esp',
  '51': 'ah',
  '58': 'ipv6-icmp',
  '132': 'sctp',
  icmpv6: 'ipv6-icmp',
};

/** Extensions of iptables that are not simulated; any other name is none. */
const unsimulated = new Set(
  'iprange mac owner physdev string time connlimit hashlimit tos dscp ttl length pkttype recent set cluster cpu quota u32 tcpmss bpf policy rpfilter socket ipvs'.split(
    ' ',
  ),
);

/** Reads `-p tcp -s … -m … -j …` into rules: one, or more where several addresses were given. Throws IptablesProblem. */
export function parseRules(words: readonly string[], reading: RuleReading): Rule[] {
  const reader = new RuleReader(words, reading);
  reader.read();
  return reader.rules();
}

class RuleReader {
  private sources: readonly (Negatable | undefined)[] = [undefined];
  private destinations: readonly (Negatable | undefined)[] = [undefined];
  private input: Negatable | undefined;
  private output: Negatable | undefined;
  private protocol: Negatable | undefined;
  private target: Target | undefined;
  private readonly matches: Match[] = [];
  private not = false;
  private at = 0;

  constructor(
    private readonly words: readonly string[],
    private readonly reading: RuleReading,
  ) {}

  rules(): Rule[] {
    const { input, output, protocol, matches, target } = this;
    return this.sources.flatMap((source) =>
      this.destinations.map((destination) => ({
        source,
        destination,
        in: input,
        out: output,
        protocol,
        matches,
        target,
      })),
    );
  }

  read(): void {
    for (; this.at < this.words.length; this.at++) {
      const word = this.words[this.at] ?? '';
      if (word === '!') this.not = true;
      else if (!this.general(word) && !this.extension(word)) {
        if (word.startsWith('-')) throw new IptablesProblem(`unknown option "${word}"`);
        throw new IptablesProblem(`Bad argument \`${word}'`);
      }
    }
  }

  private value(): string {
    const option = this.words[this.at] ?? '';
    const word = this.words[++this.at];
    if (word === undefined) throw new IptablesProblem(`option "${option}" requires an argument`);
    return word;
  }

  private negatable(value: string): Negatable {
    const result = this.not ? { value, not: true } : { value };
    this.not = false;
    return result;
  }

  /** `{ not: true }` after a `!`. */
  private negation(): { readonly not?: true } {
    const { not } = this;
    this.not = false;
    return not ? { not } : {};
  }

  private general(word: string): boolean {
    switch (word) {
      case '-s':
      case '--source':
      case '--src':
        this.sources = this.addresses(this.value());
        return true;
      case '-d':
      case '--destination':
      case '--dst':
        this.destinations = this.addresses(this.value());
        return true;
      case '-i':
      case '--in-interface':
        this.input = this.negatable(this.value());
        return true;
      case '-o':
      case '--out-interface':
        this.output = this.negatable(this.value());
        return true;
      case '-p':
      case '--protocol':
        this.protocol = this.protocolOf(this.value());
        return true;
      case '-m':
      case '--match':
        this.load(this.value());
        return true;
      case '-j':
      case '--jump':
      case '-g':
      case '--goto': {
        const name = this.value();
        const { target, used } = parseTarget(name, this.words.slice(this.at + 1), word.includes('g'), this.reading);
        this.target = target;
        this.at += used;
        return true;
      }
      default:
        return false;
    }
  }

  private addresses(text: string): (Negatable | undefined)[] {
    const { not } = this;
    this.not = false;
    return text
      .split(',')
      .flatMap((one) => addressesOf(one, this.reading))
      .map((value) => (/^(?:0\.0\.0\.0|::)\/0$/.test(value) ? undefined : not ? { value, not } : { value }));
  }

  private protocolOf(text: string): Negatable | undefined {
    const name = protocols[text.toLowerCase()] ?? text.toLowerCase();
    if (name === 'all' || name === '0') return undefined;
    if (!Object.values(protocols).includes(name) && !/^\d+$/.test(name))
      throw new IptablesProblem(`unknown protocol "${text}" specified`);
    return this.negatable(name);
  }

  /** `-m NAME`: what it matches comes with its options; those of a protocol say at least that. */
  private load(name: string): void {
    if (['tcp', 'udp', 'sctp'].includes(name)) {
      if (!this.matches.some((match) => match.kind === 'ports')) this.matches.push({ kind: 'ports', protocol: name });
    } else if (unsimulated.has(name)) throw new IptablesProblem(`match \`${name}' is not simulated`);
    else if (!/^(?:multiport|conntrack|state|comment|mark|addrtype|limit|statistic|icmp|icmp6)$/.test(name))
      throw new IptablesProblem(`Couldn't load match \`${name}':No such file or directory\n`);
    else if (name === 'limit') this.matches.push({ kind: 'limit', rate: '3/hour', burst: 5 });
  }

  private extension(word: string): boolean {
    switch (word) {
      case '--dport':
      case '--destination-port':
      case '--sport':
      case '--source-port': {
        const side = /^--(?:d|destination-)port$/.test(word) ? 'dport' : 'sport';
        if (!this.protocol) return false;
        this.ports({ [side]: this.negatable(portRange(this.value())) });
        return true;
      }
      case '--syn':
        this.ports({ syn: this.not ? 'not' : 'only' });
        this.not = false;
        return true;
      case '--dports':
      case '--destination-ports':
      case '--sports':
      case '--source-ports':
      case '--ports': {
        const dports = this.value().split(',').map(portRange);
        const side = word === '--ports' ? 'ports' : /^--s/.test(word) ? 'sports' : undefined;
        this.matches.push({ kind: 'multiport', dports, ...(side ? { side } : {}), ...this.negation() });
        return true;
      }
      case '--icmp-type': {
        const text = this.value();
        const type = icmpType(text);
        if (type === undefined) throw new IptablesProblem(`Invalid ICMP type \`${text}'\n`);
        this.matches.push({ kind: 'icmp', type, ...this.negation() });
        return true;
      }
      case '--comment':
        this.matches.push({ kind: 'comment', text: this.value() });
        return true;
      case '--ctstate':
      case '--state': {
        const text = this.value();
        const given = text.toUpperCase().split(',');
        const wrong = given.find((one) => !states.includes(one));
        if (wrong !== undefined) throw new IptablesProblem(`Bad ctstate "${text}"`);
        const sorted = states.filter((one) => given.includes(one));
        const older = word === '--state' ? { state: true } : {};
        this.matches.push({ kind: 'conntrack', states: sorted, ...this.negation(), ...older });
        return true;
      }
      case '--dst-type':
      case '--src-type': {
        const type = this.value();
        if (type !== 'LOCAL') throw new IptablesProblem(`address type \`${type}' is not simulated`);
        this.matches.push({ kind: 'addrtype', end: word === '--dst-type' ? 'dst' : 'src', ...this.negation() });
        return true;
      }
      case '--mark': {
        const [mark = '0', mask = '0xffffffff'] = this.value().split('/');
        this.matches.push({ kind: 'mark', value: Number(mark), mask: Number(mask), ...this.negation() });
        return true;
      }
      case '--limit':
      case '--limit-burst': {
        const text = this.value();
        const index = this.matches.findIndex((match) => match.kind === 'limit');
        const before = this.matches[index];
        if (before?.kind !== 'limit') return false;
        this.matches[index] =
          word === '--limit' ? { ...before, rate: rateOf(text) } : { ...before, burst: Number(text) };
        return true;
      }
      case '--mode':
        if (this.value() !== 'random') throw new IptablesProblem('only the mode random of statistic is simulated');
        return true;
      case '--probability':
        this.matches.push({ kind: 'statistic', probability: Number(this.value()).toFixed(11) });
        return true;
      default:
        return false;
    }
  }

  private ports(more: Partial<Extract<Match, { kind: 'ports' }>>): void {
    const index = this.matches.findIndex((match) => match.kind === 'ports');
    const before = this.matches[index];
    if (before?.kind === 'ports') this.matches[index] = { ...before, ...more };
    else this.matches.push({ kind: 'ports', protocol: this.protocol?.value ?? 'tcp', ...more });
  }
}

function rateOf(text: string): string {
  const found = /^(\d+)(?:\/(s|m|h|d)\w*)?$/.exec(text);
  if (!found) throw new IptablesProblem(`bad rate "${text}"'`);
  const unit = { s: 'sec', m: 'min', h: 'hour', d: 'day' }[found[2] ?? 's'];
  return `${found[1]}/${unit}`;
}
