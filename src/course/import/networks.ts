import { formatIPv4, parseIPv4 } from '@/kubernetes/network/address';

/** The smallest IPv4 network, not larger than a /8, that holds all the addresses; undefined when there is none. */
export function networkAround(addresses: readonly string[], smallest: number): string | undefined {
  const numbers = addresses.map(parseIPv4);
  const first = numbers[0];
  if (first === undefined || numbers.some((number) => number === undefined)) return undefined;
  for (let bits = smallest; bits >= 8; bits--) {
    const base = first - (first % 2 ** (32 - bits));
    const inside = (number: number | undefined) =>
      number !== undefined && number >= base && number < base + 2 ** (32 - bits);
    if (numbers.every(inside)) return `${formatIPv4(base)}/${bits}`;
  }
  return undefined;
}

/** An address of a network that none of the machines has, counted from its 100th. */
export function freeAddress(network: string, taken: readonly string[]): string | undefined {
  const [address = '', bits = ''] = network.split('/');
  const base = parseIPv4(address);
  if (base === undefined) return undefined;
  const size = 2 ** (32 - Number(bits));
  for (let step = 0; step < size; step++) {
    const host = (100 + step) % size;
    const candidate = formatIPv4(base + host);
    if (host !== 0 && host !== size - 1 && !taken.includes(candidate)) return candidate;
  }
  return undefined;
}
