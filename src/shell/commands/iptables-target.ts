import type { Endpoint, Target } from '@/kubernetes/network/netfilter/rule';
import { IptablesProblem, type RuleReading, portRange } from './iptables-operands';

/** What follows `-j NAME`, and how many words of it are its own options. Throws IptablesProblem. */
export function parseTarget(
  name: string,
  rest: readonly string[],
  goto: boolean,
  { family }: RuleReading,
): { readonly target: Target; readonly used: number } {
  const options = new Map<string, string>();
  const known = optionsOf[name] ?? [];
  let used = 0;
  for (; used < rest.length; used++) {
    const word = rest[used] ?? '';
    const option = known.find((one) => one.split(' ')[0] === word);
    if (option === undefined) break;
    if (option.includes(' ')) {
      const value = rest[++used];
      if (value === undefined) throw new IptablesProblem(`option "${word}" requires an argument`);
      options.set(word, value);
    } else options.set(word, '');
  }
  return { target: targetOf(name, options, goto, family), used };
}

/** The options of each target; those that end with a blank take a value. */
const optionsOf: Readonly<Record<string, readonly string[]>> = {
  REJECT: ['--reject-with '],
  MARK: ['--set-xmark ', '--set-mark ', '--or-mark ', '--and-mark ', '--xor-mark '],
  DNAT: ['--to-destination ', '--to-dest ', '--to ', '--random', '--persistent'],
  SNAT: ['--to-source ', '--to ', '--random', '--random-fully', '--persistent'],
  MASQUERADE: ['--random-fully', '--random', '--to-ports '],
  REDIRECT: ['--to-ports ', '--to-port ', '--to ', '--random'],
  LOG: ['--log-prefix ', '--log-level ', '--log-tcp-options', '--log-ip-options', '--log-uid'],
};

const levels = ['emerg', 'alert', 'crit', 'error', 'warning', 'notice', 'info', 'debug'];

function targetOf(name: string, options: ReadonlyMap<string, string>, goto: boolean, family: 'ip' | 'ip6'): Target {
  const first = (...names: readonly string[]) => names.map((one) => options.get(one)).find((one) => one !== undefined);
  switch (name) {
    case 'ACCEPT':
      return { kind: 'accept' };
    case 'DROP':
      return { kind: 'drop' };
    case 'RETURN':
      return { kind: 'return' };
    case 'REJECT':
      return { kind: 'reject', with: first('--reject-with') ?? `icmp${family === 'ip' ? '' : '6'}-port-unreachable` };
    case 'MARK':
      return markOf(options);
    case 'DNAT': {
      const to = first('--to-destination', '--to-dest', '--to');
      if (to === undefined) throw new IptablesProblem('DNAT: option "--to-destination" must be specified');
      return { kind: 'dnat', to: [endpointOf(to)] };
    }
    case 'SNAT': {
      const to = first('--to-source', '--to');
      if (to === undefined) throw new IptablesProblem('SNAT: option "--to-source" must be specified');
      return { kind: 'snat', to };
    }
    case 'MASQUERADE':
      return { kind: 'masquerade', randomFully: options.has('--random-fully') };
    case 'REDIRECT':
      return { kind: 'redirect', port: Number(portRange(first('--to-ports', '--to-port', '--to') ?? '0')) };
    case 'LOG': {
      const level = first('--log-level') ?? '4';
      const number = /^\d$/.test(level) ? Number(level) : levels.findIndex((one) => one.startsWith(level));
      if (number < 0) throw new IptablesProblem(`log-level "${level}" unknown`);
      return { kind: 'log', prefix: first('--log-prefix')?.slice(0, 29), level: number };
    }
    default:
      return { kind: goto ? 'goto' : 'jump', chain: name };
  }
}

function markOf(options: ReadonlyMap<string, string>): Target {
  const [option, text] = [...options][0] ?? ['', ''];
  const [value = 0, mask = 0xffffffff] = text.split('/').map(Number);
  switch (option) {
    case '--set-xmark':
      return { kind: 'mark', value, mask };
    case '--set-mark':
      return { kind: 'mark', value, mask: (value | mask) >>> 0 };
    case '--or-mark':
      return { kind: 'mark', value, mask: value };
    case '--xor-mark':
      return { kind: 'mark', value, mask: 0 };
    case '--and-mark':
      return { kind: 'mark', value: 0, mask: ~value >>> 0 };
    default:
      throw new IptablesProblem('MARK: One of the "--set-xmark", "--{and,or,xor,set}-mark" options is required');
  }
}

function endpointOf(text: string): Endpoint {
  const [, address = text, port] = /^\[?([^\]]*?)\]?(?::(\d+))?$/.exec(text) ?? [];
  if (!/^[\d.]*$|:/.test(address)) throw new IptablesProblem(`Bad IP address "${address}"`);
  return port === undefined ? { address } : { address, port: Number(port) };
}
