import { kindExport } from './kind';
import type { Take } from './take';
import { quoted } from './quoted';

/** All files of an export in one: a script that writes them into a folder and plays them. */
export function kindBundle(take: Take): string {
  const files = Object.entries(kindExport(take)).map(
    ([path, text]) => `mkdir -p "$(dirname '${path}')" && printf '%s' ${quoted(text)} > '${path}'`,
  );
  return `#!/usr/bin/env bash
# ${take.title}. Writes its files into ./portbound-kind and plays them on a cluster made by kind; see README.md there.
set -eu
mkdir portbound-kind
cd portbound-kind
${files.join('\n')}
exec bash run.sh
`;
}
