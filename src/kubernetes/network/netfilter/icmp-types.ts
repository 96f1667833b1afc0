// extensions/libxt_icmp.h of iptables: the everyday ones.
const types: Readonly<Record<string, string>> = {
  any: 'any',
  '0': 'echo-reply',
  '3': 'destination-unreachable',
  '5': 'redirect',
  '8': 'echo-request',
  '9': 'router-advertisement',
  '10': 'router-solicitation',
  '11': 'time-exceeded',
  '12': 'parameter-problem',
  '13': 'timestamp-request',
  '14': 'timestamp-reply',
};

/** `8` → `echo-request` */
export function icmpName(type: string): string {
  return types[type] ?? `type ${type}`;
}

/** `echo-request`, `ping`, `8` → `8`; undefined for no type of ICMP. */
export function icmpType(text: string): string | undefined {
  const aliases: Readonly<Record<string, string>> = { ping: '8', pong: '0', 'ttl-exceeded': '11' };
  if (/^\d+$/.test(text) && Number(text) < 256) return String(Number(text));
  return aliases[text] ?? Object.keys(types).find((type) => types[type] === text);
}
