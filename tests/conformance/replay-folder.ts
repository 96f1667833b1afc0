import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { replayFile } from '@/cli/replay/command';
import type { Outcome } from '@/cli/replay/recording';
import { conformanceFolder, knownDifferences } from './ledger';

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return filesUnder(path);
      return /\.jsonl?$/.test(entry.name) ? [path] : [];
    });
}

/**
 * One test per recording of a folder. A case that is not in the ledger must be equal; a case that is must still differ,
 * so that the ledger cannot outlive its reasons.
 */
export async function replayFolder(folder: string): Promise<void> {
  const known = knownDifferences(folder);
  const root = join(conformanceFolder, folder);
  for (const file of filesUnder(root)) {
    const name = file.slice(root.length + 1);
    const outcomes: Outcome[] = [];
    for await (const outcome of replayFile(file)) outcomes.push(outcome);
    describe(`${folder}/${name}`, () => {
      for (const outcome of outcomes) {
        const reason = known.get(`${name}: ${outcome.id}`);
        it(reason ? `${outcome.id} differs as known: ${reason}` : outcome.id, () => {
          if (reason) expect(outcome.equal, 'is equal now: take it out of known-differences').toBe(false);
          else expect(outcome.differences).toEqual([]);
        });
      }
    });
  }
}
