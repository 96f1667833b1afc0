import type { Endpoint, Match, Negatable, Rule, Target } from '@/kubernetes/network/netfilter/rule';

/** A wrong iptables command line; the text is what iptables prints after its version. */
export class IptablesProblem extends Error {}

const statesOf = (text: string) => text.toUpperCase().split(',');

/** Reads `-p tcp -s … -m … -j …` into a rule. `!` before an option negates it. Throws IptablesProblem. */
export function parseRule(words: readonly string[]): Rule {
  let source: Negatable | undefined;
  let destination: Negatable | undefined;
  let input: Negatable | undefined;
  let output: Negatable | undefined;
  let protocol: Negatable | undefined;
  let target: Target | undefined;
  const matches: Match[] = [];
  let not = false;
  let at = 0;
  const value = (): string => {
    const word = words[++at];
    if (word === undefined) throw new IptablesProblem(`option "${words[at - 1] ?? ''}" requires an argument`);
    return word;
  };
  const negatable = (text: string): Negatable => {
    const result = not ? { value: text, not: true } : { value: text };
    not = false;
    return result;
  };
  const ports = (): { index: number; match: Extract<Match, { kind: 'ports' }> } => {
    const name = protocol?.value ?? 'tcp';
    const index = matches.findIndex((match) => match.kind === 'ports');
    const found = matches[index];
    return { index, match: found?.kind === 'ports' ? found : { kind: 'ports', protocol: name } };
  };
  const setPort = (side: 'dport' | 'sport', port: Negatable) => {
    if (!protocol) throw new IptablesProblem(`unknown option "--${side}"`);
    const { index, match } = ports();
    const next = { ...match, [side]: port };
    if (index < 0) matches.push(next);
    else matches[index] = next;
  };
  for (; at < words.length; at++) {
    const word = words[at] ?? '';
    switch (word) {
      case '!':
        not = true;
        break;
      case '-s':
      case '--source':
        source = negatable(value());
        break;
      case '-d':
      case '--destination':
        destination = negatable(value());
        break;
      case '-i':
      case '--in-interface':
        input = negatable(value());
        break;
      case '-o':
      case '--out-interface':
        output = negatable(value());
        break;
      case '-p':
      case '--protocol':
        protocol = negatable(value().toLowerCase());
        break;
      case '-m':
      case '--match': {
        const name = value();
        if (['tcp', 'udp', 'sctp'].includes(name) && ports().index < 0) matches.push({ kind: 'ports', protocol: name });
        break;
      }
      case '--dport':
      case '--destination-port':
        setPort('dport', negatable(value()));
        break;
      case '--sport':
      case '--source-port':
        setPort('sport', negatable(value()));
        break;
      case '--dports':
      case '--destination-ports':
        matches.push({ kind: 'multiport', dports: value().split(',') });
        break;
      case '--comment':
        matches.push({ kind: 'comment', text: value() });
        break;
      case '--ctstate':
      case '--state':
        matches.push({ kind: 'conntrack', states: statesOf(value()), ...(not ? { not: true } : {}) });
        not = false;
        break;
      case '--dst-type':
      case '--src-type':
        value();
        matches.push({ kind: 'addrtype', end: word === '--dst-type' ? 'dst' : 'src', ...(not ? { not: true } : {}) });
        not = false;
        break;
      case '--mark': {
        const [mark = '0', mask = '0xffffffff'] = value().split('/');
        matches.push({ kind: 'mark', value: Number(mark), mask: Number(mask), ...(not ? { not: true } : {}) });
        not = false;
        break;
      }
      case '--mode':
        value();
        break;
      case '--probability':
        matches.push({ kind: 'statistic', probability: Number(value()).toFixed(11) });
        break;
      case '-j':
      case '--jump':
      case '-g': {
        const name = value();
        const rest = words.slice(at + 1);
        target = parseTarget(name, rest, word === '-g');
        at = words.length;
        break;
      }
      default:
        throw new IptablesProblem(`unknown option "${word}"`);
    }
  }
  return { source, destination, in: input, out: output, protocol, matches, target };
}

function parseTarget(name: string, rest: readonly string[], goto: boolean): Target {
  const option = (...names: readonly string[]) => rest[rest.findIndex((word) => names.includes(word)) + 1];
  switch (name) {
    case 'ACCEPT':
      return { kind: 'accept' };
    case 'DROP':
      return { kind: 'drop' };
    case 'RETURN':
      return { kind: 'return' };
    case 'REJECT':
      return {
        kind: 'reject',
        with: rest.includes('--reject-with') ? (option('--reject-with') ?? '') : 'icmp-port-unreachable',
      };
    case 'MARK': {
      const [value = '0', mask = '0xffffffff'] = (option('--set-xmark', '--set-mark') ?? '0').split('/');
      return { kind: 'mark', value: Number(value), mask: Number(mask) };
    }
    case 'DNAT':
      return { kind: 'dnat', to: [parseEndpoint(option('--to-destination') ?? '')] };
    case 'SNAT':
      return { kind: 'snat', to: option('--to-source') ?? '' };
    case 'MASQUERADE':
      return { kind: 'masquerade', randomFully: rest.includes('--random-fully') };
    case 'REDIRECT':
      return { kind: 'redirect', port: Number(option('--to-ports', '--to-port') ?? 0) };
    case 'LOG':
      return { kind: 'ignored', text: ['LOG', ...rest].join(' ') };
    default:
      return { kind: goto ? 'goto' : 'jump', chain: name };
  }
}

function parseEndpoint(text: string): Endpoint {
  const [address = '', port] = text.split(':');
  return port === undefined ? { address } : { address, port: Number(port) };
}
