import { hexText, sha256 } from '@/kubernetes/hash/sha2';
import { goJson } from '@/kubernetes/strconv/go-json';
import type { Made } from './generator';

/** Letters that stand for what could spell a word. Upstream: kubectl/pkg/util/hash/hash.go `encodeHash`. */
const letters: Readonly<Record<string, string>> = { '0': 'g', '1': 'h', '3': 'k', a: 'm', e: 't' };

/** The object with a name that tells its content (`--append-hash`). Upstream: kubectl/pkg/util/hash/hash.go. */
export function withNameHash(made: Made): Made {
  const { kind, data = {}, type, metadata } = made;
  const content =
    kind === 'Secret' ? { kind, type: type ?? '', name: metadata.name, data } : { kind, name: metadata.name, data };
  const digest = hexText(sha256(goJson(content))).slice(0, 10);
  const hash = [...digest].map((letter) => letters[letter] ?? letter).join('');
  return { ...made, metadata: { ...metadata, name: `${metadata.name}-${hash}` } };
}
