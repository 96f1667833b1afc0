import { contains, parseCidr } from '@/kubernetes/network/address';
import type { Socket } from '@/kubernetes/network/kernel';
import { servicePort } from '@/kubernetes/network/service-names';

/** A filter that ss does not take: what it says on stderr, and its exit code. */
export class FilterProblem extends Error {
  constructor(
    message: string,
    readonly code: number,
  ) {
    super(message);
  }
}

/** The states that `state NAME` may name, with those of them that a listening socket is in. */
const states: Readonly<Record<string, boolean>> = {
  all: true,
  listen: true,
  listening: true,
  // An unconnected UDP socket is `close` to the kernel.
  unconnected: false,
  closed: false,
  established: false,
  connected: false,
  synchronized: false,
  bucket: false,
  big: true,
  'syn-sent': false,
  'syn-recv': false,
  'fin-wait-1': false,
  'fin-wait-2': false,
  'time-wait': false,
  'close-wait': false,
  'last-ack': false,
  closing: false,
};

/** The states among them that a connection in TIME-WAIT is in. */
const over = ['all', 'connected', 'synchronized', 'bucket', 'time-wait'];

/** A socket as a filter sees it. Nobody is at the other end of one that listens. */
export type Filtered = Pick<Socket, 'address' | 'port'> & { readonly peer?: Pick<Socket, 'address' | 'port'> };

export interface SocketFilter {
  /** As it was given after `state`. */
  readonly state?: string;
  /** Whether sockets that listen are asked for by that state. */
  readonly listens: boolean;
  /** Whether connections in TIME-WAIT are asked for by that state. */
  readonly ended: boolean;
  readonly fits: Test;
}

type Test = (socket: Filtered) => boolean;

const comparisons: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '=': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '>': (a, b) => a > b,
  '<': (a, b) => a < b,
  '>=': (a, b) => a >= b,
  '<=': (a, b) => a <= b,
};

const operators: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.keys(comparisons).map((sign) => [sign, sign])),
  '==': '=',
  eq: '=',
  ne: '!=',
  neq: '!=',
  gt: '>',
  lt: '<',
  ge: '>=',
  geq: '>=',
  le: '<=',
  leq: '<=',
};

/**
 * `state listening '( sport = :80 or sport = :443 ) and src 10.0.0.0/8'`. Upstream: misc/ssfilter.y of iproute2. Throws
 * FilterProblem.
 */
export function readFilter(operands: readonly string[]): SocketFilter {
  const words = operands.flatMap((word) => word.match(/[()]|[<>!=]=|[<>=!]|[^\s()<>=!]+/g) ?? []);
  let at = 0;
  let state: string | undefined;
  while (words[at] === 'state' || words[at] === 'exclude') {
    const name = words[at + 1] ?? '';
    if (!Object.hasOwn(states, name)) throw new FilterProblem(`ss: wrong state name: ${name}\n`, 255);
    if (words[at] === 'state') state = name;
    at += 2;
  }
  const listens = state === undefined || states[state] === true;
  const broken = () => new FilterProblem('ss: bison bellows (while parsing filter): "syntax error!" Sorry.\n', 255);
  const either = (): Test => {
    let left = both();
    while (['or', '|', '||'].includes(words[at] ?? '')) {
      at++;
      const [a, b] = [left, both()];
      left = (socket) => a(socket) || b(socket);
    }
    return left;
  };
  const both = (): Test => {
    let left = one();
    while (at < words.length && ![')', 'or', '|', '||'].includes(words[at] ?? '')) {
      if (['and', '&', '&&'].includes(words[at] ?? '')) at++;
      const [a, b] = [left, one()];
      left = (socket) => a(socket) && b(socket);
    }
    return left;
  };
  const one = (): Test => {
    const word = words[at++] ?? '';
    if (word === 'not' || word === '!') {
      const inner = one();
      return (socket) => !inner(socket);
    }
    if (word === '(') {
      const inner = either();
      if (words[at++] !== ')') throw broken();
      return inner;
    }
    if (word === 'autobound') return () => false;
    if (['sport', 'dport'].includes(word)) {
      const sign = operators[words[at] ?? ''];
      const compare = comparisons[sign ?? '='];
      if (sign !== undefined) at++;
      const value = words[at++];
      if (value === undefined || compare === undefined) throw broken();
      const port = portOf(value);
      return (socket) => compare(word === 'sport' ? socket.port : (socket.peer?.port ?? 0), port);
    }
    const side = ['src', 'dst'].includes(word) ? word : undefined;
    if (side !== undefined && ['=', '==', 'eq'].includes(words[at] ?? '')) at++;
    const value = side === undefined ? word : words[at++];
    if (value === undefined || value === '') throw broken();
    const fits = address(value);
    return side === 'src' ? fits : (socket) => socket.peer !== undefined && fits(socket.peer);
  };
  const fits = at < words.length ? either() : () => true;
  if (at < words.length) throw broken();
  const ended = state !== undefined && over.includes(state);
  return { ...(state === undefined ? {} : { state }), listens, ended, fits };
}

/** `:80`, `10.0.0.1`, `10.0.0.0/8:80`, `[::1]:80`. */
function address(text: string): Test {
  const found = /^(?:\[([^\]]*)\]|([^:[]*)|([\da-f:]*:[\da-f:]*:[\da-f:.]*))(?::(\w+|\*)?)?$/i.exec(text);
  const host = found?.[1] ?? found?.[2] ?? found?.[3] ?? '';
  const any = host === '' || host === '*';
  if (!found || (!any && !parseCidr(host) && !host.includes(':')))
    throw new FilterProblem(
      `Error: an inet prefix is expected rather than "${host || text}".\nCannot parse dst/src address.\n`,
      1,
    );
  const port = found[4] === undefined || found[4] === '*' ? undefined : portOf(found[4]);
  return (socket) =>
    (port === undefined || socket.port === port) &&
    (any || socket.address === host || (parseCidr(host) !== undefined && contains(host, socket.address)));
}

function portOf(text: string): number {
  const name = text.replace(/^:/, '');
  const port = /^\d+$/.test(name) ? name : servicePort(name);
  if (port === undefined)
    throw new FilterProblem(`Error: "${name}" does not look like a port.\nCannot parse dst/src address.\n`, 1);
  return Number(port);
}
