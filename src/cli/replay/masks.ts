/**
 * Compares what a real cluster printed with what the engine prints. A difference is forgiven only where
 * tests/conformance/README.md names a mask: values drawn by lot must pair up one to one within a case, ages may be
 * off by 3 s or 10 %, times and process ids may be anything, Pod addresses must lie in the same subnet.
 */
export interface MaskOptions {
  /** Networks whose addresses are drawn: each node's Pods (`10.244.1.0/24`), and the cluster IPs of Services. */
  readonly podNetworks?: readonly string[];
}

type Kind =
  | 'time'
  | 'age'
  | 'uid'
  | 'id'
  | 'digest'
  | 'chain'
  | 'veth'
  | 'mac'
  | 'suffix'
  | 'address'
  | 'pid'
  | 'version'
  | 'duration'
  | 'port';

/** A piece of a line: plain text, or something that a mask may cover. */
export interface Token {
  readonly kind: Kind | 'text';
  readonly value: string;
}

const lot = 'bcdfghjklmnpqrstvwxz2456789';

// The first alternative that fits wins; the order goes from the most particular to the most general.
const patterns: readonly (readonly [Kind, string])[] = [
  ['time', String.raw`\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?(?: [+-]\d{4} UTC)?`],
  ['time', String.raw`\d{4}/\d\d/\d\d \d\d:\d\d:\d\d(?:\.\d+)?`],
  [
    'time',
    String.raw`(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? +(?:\d{1,2} [A-Z][a-z]{2}|[A-Z][a-z]{2} +\d{1,2})(?: \d{4})? \d\d:\d\d:\d\d(?: (?:[A-Z]{3}|[+-]\d{4}))?(?: \d{4})?`,
  ],
  ['time', String.raw`\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d [+-]\d{4}`],
  ['time', String.raw`[IWEF]\d{4} \d\d:\d\d:\d\d\.\d+ +\d+`],
  ['time', String.raw`\b[A-Z][a-z]{2} +\d{1,2} \d\d:\d\d(?::\d\d)?`],
  ['time', String.raw`\b\d\d:\d\d:\d\d(?:\.\d+)?\b`],
  ['uid', String.raw`\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b`],
  ['digest', String.raw`sha256:[0-9a-f]{64}`],
  ['id', String.raw`\b[0-9a-f]{64}\b`],
  ['chain', String.raw`\b(?:CNI-DN-[0-9a-f]{21}|CNI-[0-9a-f]{24}|KUBE-(?:SVC|SEP|SVL|EXT|FW|XLB)-[A-Z2-7]{16})\b`],
  ['chain', String.raw`\b(?:service|endpoint|external|firewall|affinity)-[A-Z2-7]{8}(?=-)`],
  ['veth', String.raw`\bveth[0-9a-f]{8}\b`],
  ['mac', String.raw`\b(?:[0-9a-f]{2}:){5}[0-9a-f]{2}\b`],
  // A link-local address is made from the MAC address; a namespace is named by its inode number.
  ['mac', String.raw`\bfe80::[0-9a-f]{1,4}(?::[0-9a-f]{1,4}){3}\b`],
  ['id', String.raw`\b(?:net|uts|ipc|pid|mnt):\[\d+\]`],
  ['duration', String.raw`(?<=after )\d+(?= (?:ms|milliseconds)\b)`],
  ['duration', String.raw`(?<=time=)\d+(?:\.\d+)?(?= ms\b)`],
  ['pid', String.raw`(?<=pid=)\d+`],
  ['pid', String.raw`\b\d+(?=/[a-z])(?<=[ \t]\d+)`],
  ['pid', String.raw`\b\d+#\d+(?=:)`],
  ['pid', String.raw`(?<=worker process )\d+`],
  ['pid', String.raw`(?<=inode:|ino:)\d+`],
  ['version', String.raw`(?<=resourceVersion: ")\d+(?=")`],
  ['version', String.raw`(?<="resourceVersion": ")\d+(?=")`],
  // In Go's own dump of an object, and in an object that an error quotes.
  ['version', String.raw`(?<="resourceVersion":")\d+(?=")`],
  ['version', String.raw`(?<=\\"resourceVersion\\":\\")\d+(?=\\")`],
  ['age', String.raw`(?<=^|[\s(])\d+[ydhms](?:\d+[dhms])?(?=$|[\s),])`],
  ['address', String.raw`\b\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}\b`],
  ['port', String.raw`(?<=127\.0\.0\.1:|:)(?:3[3-9]\d{3}|[45]\d{4}|60\d{3})\b`],
  // A node port in a table: drawn unless the Service names it, and then it pairs with itself.
  ['port', String.raw`(?<=:)3[0-2]\d{3}(?=/(?:TCP|UDP|SCTP)\b)`],
  ['suffix', String.raw`(?<=[a-z0-9]-)[${lot}]{6,10}(?=-[${lot}]{5}(?![a-zA-Z0-9]))`],
  ['suffix', String.raw`(?<=[a-z0-9]-)[${lot}]{6,10}(?![-a-zA-Z0-9])`],
  ['suffix', String.raw`(?<=[a-z0-9]-)[${lot}]{5}(?![-a-zA-Z0-9])`],
  ['suffix', String.raw`(?<=\.)[0-9a-f]{16}\b`],
];
const scanner = new RegExp(patterns.map(([, source], i) => `(?<g${i}>${source})`).join('|'), 'g');

/** Remembers, for one case, which drawn value of the recording stands for which of ours. */
export class Masks {
  private readonly there = new Map<string, string>();
  private readonly here = new Map<string, string>();

  constructor(private readonly options: MaskOptions = {}) {}

  /** Takes pairs of `kind value` as settled, unless one of the two already stands for something else. */
  assume(pairs: readonly (readonly [string, string])[]): void {
    for (const [x, y] of pairs) {
      if (this.there.has(x) || this.here.has(y)) continue;
      this.there.set(x, y);
      this.here.set(y, x);
    }
  }

  /** Differences between two printed texts, a line each; empty when they say the same. */
  compare(recorded: string, got: string): string[] {
    if (recorded === got) return [];
    const want = linesOf(recorded);
    const have = linesOf(got);
    const differences: string[] = [];
    const used = new Set<number>();
    for (let i = 0; i < want.length; i++) {
      const line = want[i] ?? '';
      const index = this.findLine(line, i, want, have, used);
      if (index === undefined) differences.push(`line ${i + 1}: recorded ${quote(line)}, got ${quote(have[i])}`);
      else used.add(index);
    }
    for (let i = want.length; i < have.length && differences.length === 0; i++) {
      if (!used.has(i)) differences.push(`line ${i + 1}: nothing recorded, got ${quote(have[i])}`);
    }
    return differences;
  }

  /** Same place first; in a table, rows that differ in drawn names or stand in one second may come in any order. */
  private findLine(
    line: string,
    i: number,
    want: readonly string[],
    have: readonly string[],
    used: ReadonlySet<number>,
  ): number | undefined {
    const same = have[i];
    if (same !== undefined && !used.has(i) && this.sameLine(line, same)) return i;
    const block = looksUp(want) ? { start: 0, end: want.length - 1 } : tableAround(want, i);
    if (!block) return undefined;
    for (let j = block.start; j <= block.end && j < have.length; j++) {
      const candidate = have[j];
      if (j !== i && candidate !== undefined && !used.has(j) && this.sameLine(line, candidate)) return j;
    }
    return undefined;
  }

  private sameLine(recorded: string, got: string): boolean {
    const a = tokens(squeeze(recorded));
    const b = tokens(squeeze(got));
    if (a.length !== b.length) return false;
    const pairs: [string, string][] = [];
    for (let i = 0; i < a.length; i++) {
      const x = a[i];
      const y = b[i];
      if (!x || !y || x.kind !== y.kind || !this.sameToken(x, y, pairs)) return false;
    }
    for (const [x, y] of pairs) {
      if ((this.there.get(x) ?? y) !== y || (this.here.get(y) ?? x) !== x) return false;
    }
    for (const [x, y] of pairs) {
      this.there.set(x, y);
      this.here.set(y, x);
    }
    return true;
  }

  private sameToken(x: Token, y: Token, pairs: [string, string][]): boolean {
    switch (x.kind) {
      case 'text':
        return x.value === y.value;
      case 'time':
      case 'pid':
      case 'duration':
      case 'version':
        return true;
      case 'age':
        return sameAge(x.value, y.value);
      case 'address':
        return x.value === y.value || this.samePodNetwork(x.value, y.value, pairs);
      default:
        pairs.push([`${x.kind} ${x.value}`, `${y.kind} ${y.value}`]);
        return true;
    }
  }

  private samePodNetwork(x: string, y: string, pairs: [string, string][]): boolean {
    pairs.push([`address ${x}`, `address ${y}`]);
    return (this.options.podNetworks ?? []).some((network) => contains(network, x) && contains(network, y));
  }
}

function quote(line: string | undefined): string {
  return line === undefined ? 'nothing' : JSON.stringify(line);
}

/**
 * The lines of a text. A name and its address in an answer of nslookup are one line, since they stay together. The
 * elements of an nft set are rows of a table: nft sorts them by their addresses, which are drawn.
 */
function linesOf(text: string): string[] {
  return text
    .replace(/^(Name:\t.*)\n(Address: )/gm, '$1 $2')
    .replace(/^\s*elements = \{([^}]*)\}/gm, (_, inside: string) =>
      inside
        .split(',')
        .map((element) => `element  ${element.trim()}`)
        .join('\n'),
    )
    .split('\n');
}

/** busybox nslookup asks everything at once and prints the answers as they arrive: they are compared as a set. */
function looksUp([first]: readonly string[]): boolean {
  return first?.startsWith('Server:\t\t') ?? false;
}

/** The rows of the table that line `i` stands in: lines in columns or with drawn names, next to one another. */
function tableAround(lines: readonly string[], i: number): { start: number; end: number } | undefined {
  const row = (line: string | undefined) =>
    line !== undefined && (/\S {2,}\S/.test(line) || tokens(line).some(({ kind }) => kind === 'suffix'));
  if (!row(lines[i])) return undefined;
  let start = i;
  let end = i;
  while (row(lines[start - 1])) start--;
  while (row(lines[end + 1])) end++;
  return { start, end };
}

/** Column widths follow their contents, so cells are compared and the padding between them is not. */
function squeeze(line: string): string {
  const indent = /^ */.exec(line)?.[0] ?? '';
  const rest = line.slice(indent.length);
  return / {2,}/.test(rest) ? indent + rest.trimEnd().replace(/ {2,}/g, '  ') : line;
}

export function tokens(line: string): Token[] {
  const out: Token[] = [];
  let end = 0;
  for (const match of line.matchAll(scanner)) {
    if (match.index > end) out.push({ kind: 'text', value: line.slice(end, match.index) });
    const group = Object.entries(match.groups ?? {}).find(([, value]) => value !== undefined);
    out.push({ kind: patterns[Number(group?.[0].slice(1))]?.[0] ?? 'text', value: match[0] });
    end = match.index + match[0].length;
  }
  if (end < line.length) out.push({ kind: 'text', value: line.slice(end) });
  return out;
}

const units: Readonly<Record<string, number>> = { y: 31_536_000, d: 86_400, h: 3600, m: 60, s: 1 };

/** `3m41s` in seconds. */
export function ageSeconds(text: string): number {
  let total = 0;
  for (const [, count, unit] of text.matchAll(/(\d+)([ydhms])/g)) total += Number(count) * (units[unit ?? ''] ?? 0);
  return total;
}

/** How far apart two printings of one age may lie: the last unit printed is cut, not rounded. */
function sameAge(x: string, y: string): boolean {
  const a = ageSeconds(x);
  const b = ageSeconds(y);
  return Math.abs(a - b) <= Math.max(3, 0.1 * Math.max(a, b));
}

function contains(network: string, address: string): boolean {
  const [base = '', length = '32'] = network.split('/');
  const bits = Number(length);
  const mask = bits === 0 ? 0 : (0xffffffff << (32 - bits)) >>> 0;
  return (number(base) & mask) === (number(address) & mask);
}

function number(address: string): number {
  return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0) | 0;
}
