/** The most that a packed text may unpack to, in bytes: a small link must not fill the reader's memory. */
const largest = 20_000_000;

/** A text packed in the zlib format (RFC 1950), whose check sum tells a damaged copy. */
export async function deflate(text: string): Promise<Uint8Array> {
  const packed = new Blob([text]).stream().pipeThrough(new CompressionStream('deflate'));
  return new Uint8Array(await new Response(packed).arrayBuffer());
}

/** The text again. Throws when the bytes are cut, changed, or unpack to too much. */
export async function inflate(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate')).getReader();
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let text = '';
  for (let size = 0; ;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    size += value.byteLength;
    if (size > largest) {
      await reader.cancel();
      throw new Error('unpacks to too much');
    }
    text += decoder.decode(value, { stream: true });
  }
}
