/**
 * SHA-256 and SHA-512 (FIPS 180-4) of a text in UTF-8, as bytes. Chain names are cut from these. Browsers offer
 * digests only asynchronously, which a deterministic engine cannot use.
 */
export function sha256(text: string): number[] {
  return sha2(text, narrow);
}

/** The digest of a text in UTF-8, as 64 bytes. */
export function sha512(text: string): number[] {
  return sha2(text, wide);
}

/** Bytes as hexadecimal digits. */
export function hexText(bytes: readonly number[]): string {
  return bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** RFC 4648 base32 without padding. */
export function base32Text(bytes: readonly number[]): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = bytes.map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const groups = bits.match(/.{1,5}/g) ?? [];
  return groups.map((group) => alphabet[parseInt(group.padEnd(5, '0'), 2)] ?? '').join('');
}

interface Variant {
  /** Bits of a word. */
  readonly word: number;
  readonly rounds: number;
  readonly constants: readonly bigint[];
  readonly start: readonly bigint[];
  /** Rotations of Σ0, Σ1, σ0, σ1; the third of σ is a shift. */
  readonly rotations: readonly (readonly [number, number, number])[];
}

const primes = firstPrimes(80);
const narrow: Variant = {
  word: 32,
  rounds: 64,
  constants: primes.slice(0, 64).map((prime) => rootBits(prime, 3, 32)),
  start: primes.slice(0, 8).map((prime) => rootBits(prime, 2, 32)),
  rotations: [
    [2, 13, 22],
    [6, 11, 25],
    [7, 18, 3],
    [17, 19, 10],
  ],
};
const wide: Variant = {
  word: 64,
  rounds: 80,
  constants: primes.map((prime) => rootBits(prime, 3, 64)),
  start: primes.slice(0, 8).map((prime) => rootBits(prime, 2, 64)),
  rotations: [
    [28, 34, 39],
    [14, 18, 41],
    [1, 8, 7],
    [19, 61, 6],
  ],
};

function sha2(text: string, variant: Variant): number[] {
  const { word, rounds, constants, rotations } = variant;
  const mask = (1n << BigInt(word)) - 1n;
  const add = (...values: bigint[]) => values.reduce((sum, value) => (sum + value) & mask, 0n);
  const rotate = (value: bigint, by: number) => ((value >> BigInt(by)) | (value << BigInt(word - by))) & mask;
  const mix = (value: bigint, index: number, shift: boolean): bigint => {
    const [a, b, c] = rotations[index] ?? [0, 0, 0];
    return rotate(value, a) ^ rotate(value, b) ^ (shift ? value >> BigInt(c) : rotate(value, c));
  };
  const at = (list: readonly bigint[], index: number) => list[index] ?? 0n;
  const blockSize = word * 2;
  const bytes = padded([...new TextEncoder().encode(text)], blockSize, word / 4);
  let state = [...variant.start];
  for (let offset = 0; offset < bytes.length; offset += blockSize) {
    const schedule: bigint[] = [];
    for (let i = 0; i < rounds; i++) {
      if (i < 16)
        schedule.push(
          bytes
            .slice(offset + (i * word) / 8, offset + ((i + 1) * word) / 8)
            .reduce((value, byte) => (value << 8n) | BigInt(byte), 0n),
        );
      else
        schedule.push(
          add(
            mix(at(schedule, i - 2), 3, true),
            at(schedule, i - 7),
            mix(at(schedule, i - 15), 2, true),
            at(schedule, i - 16),
          ),
        );
    }
    let [a = 0n, b = 0n, c = 0n, d = 0n, e = 0n, f = 0n, g = 0n, h = 0n] = state;
    for (let i = 0; i < rounds; i++) {
      const first = add(h, mix(e, 1, false), (e & f) ^ (~e & mask & g), at(constants, i), at(schedule, i));
      const second = add(mix(a, 0, false), (a & b) ^ (a & c) ^ (b & c));
      [h, g, f, e, d, c, b, a] = [g, f, e, add(d, first), c, b, a, add(first, second)];
    }
    state = [a, b, c, d, e, f, g, h].map((value, i) => add(value, at(state, i)));
  }
  return state.flatMap((value) =>
    Array.from({ length: word / 8 }, (_, i) => Number((value >> BigInt(word - 8 * (i + 1))) & 255n)),
  );
}

/** The message, a one bit, zeros, and the length in `lengthBytes` bytes. */
function padded(bytes: number[], blockSize: number, lengthBytes: number): number[] {
  const bits = bytes.length * 8;
  const out = [...bytes, 0x80];
  while (out.length % blockSize !== blockSize - lengthBytes) out.push(0);
  for (let i = lengthBytes - 1; i >= 0; i--) out.push(i < 6 ? Math.floor(bits / 2 ** (8 * i)) & 255 : 0);
  return out;
}

function firstPrimes(count: number): bigint[] {
  const found: number[] = [];
  for (let candidate = 2; found.length < count; candidate++) {
    if (found.every((prime) => candidate % prime !== 0)) found.push(candidate);
  }
  return found.map(BigInt);
}

/** The first `bits` bits of the fraction of a prime's square or cube root, without floating point. */
function rootBits(prime: bigint, degree: 2 | 3, bits: number): bigint {
  const scaled = prime << BigInt(bits * degree);
  let low = 0n;
  let high = 1n << BigInt(bits + 5);
  while (high - low > 1n) {
    const middle = (low + high) >> 1n;
    if (middle ** BigInt(degree) <= scaled) low = middle;
    else high = middle;
  }
  return low & ((1n << BigInt(bits)) - 1n);
}
