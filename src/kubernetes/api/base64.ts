const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Standard base64, padded, of a text's UTF-8 bytes. */
export function encodeBase64(text: string): string {
  return encodeBytes([...new TextEncoder().encode(text)]);
}

/** Standard base64, padded, of bytes. */
export function encodeBytes(bytes: readonly number[]): string {
  let out = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const [a = 0, b, c] = bytes.slice(i, i + 3);
    const group = (a << 16) | ((b ?? 0) << 8) | (c ?? 0);
    out += alphabet[group >> 18];
    out += alphabet[(group >> 12) & 63];
    out += b === undefined ? '=' : alphabet[(group >> 6) & 63];
    out += c === undefined ? '=' : alphabet[group & 63];
  }
  return out;
}

/** The bytes behind a base64 text; characters outside the alphabet are passed over. */
export function decodeBase64(text: string): Uint8Array {
  const out: number[] = [];
  let bits = 0;
  let held = 0;
  for (const char of text) {
    const value = alphabet.indexOf(char);
    if (value < 0) continue;
    held = (held << 6) | value;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    out.push((held >> bits) & 255);
  }
  return Uint8Array.from(out);
}

/** The text behind a base64 text. */
export function decodeBase64Text(text: string): string {
  return new TextDecoder().decode(decodeBase64(text));
}
