import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Cases that differ from the recording, under one reason. Shrinks only: scripts/known-differences.mjs keeps it. */
export interface DifferenceGroup {
  readonly reason: string;
  readonly cases: readonly string[];
}

export interface Ledger {
  readonly groups: readonly DifferenceGroup[];
}

export const conformanceFolder = fileURLToPath(new URL('.', import.meta.url));

/** Where each known difference stands, by `folder/file` and case id. */
export function knownDifferences(folder: string): ReadonlyMap<string, string> {
  const ledger: Ledger = JSON.parse(readFileSync(`${conformanceFolder}known-differences/${folder}.json`, 'utf8'));
  return new Map(ledger.groups.flatMap(({ reason, cases }) => cases.map((id) => [id, reason])));
}
