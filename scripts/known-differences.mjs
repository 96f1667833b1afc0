// Brings tests/conformance/known-differences/ up to date: node scripts/known-differences.mjs [FOLDER …]
// Cases that are equal now leave the ledger; cases that differ and are not in it are added under a reason to be
// written by hand ("not explained yet: …", with the first difference). Also writes src/generated/conformance.json, the numbers of
// the page "Is it real?".
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const all = ['admission', 'kubectl', 'scheduling', 'controllers', 'sessions'];
const folders = process.argv.length > 2 ? process.argv.slice(2) : all;

function filesUnder(folder, prefix = '') {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) =>
      entry.isDirectory()
        ? filesUnder(join(folder, entry.name), `${prefix}${entry.name}/`)
        : /\.jsonl?$/.test(entry.name)
          ? [`${prefix}${entry.name}`]
          : [],
    );
}

const numbersFile = join(root, 'src/generated/conformance.json');
const numbers = new Map(
  existsSync(numbersFile)
    ? JSON.parse(readFileSync(numbersFile, 'utf8')).groups.map((group) => [group.name, group])
    : [],
);
for (const folder of folders) {
  const ledgerFile = join(root, 'tests/conformance/known-differences', `${folder}.json`);
  const ledger = JSON.parse(readFileSync(ledgerFile, 'utf8'));
  const reasons = new Map(ledger.groups.flatMap(({ reason, cases }) => cases.map((id) => [id, reason])));
  const groups = new Map();
  const counts = { passed: 0, failed: 0 };
  let drawn = false;
  let first = 0;
  for (const file of filesUnder(join(root, 'tests/conformance', folder))) {
    const { stdout, stderr } = spawnSync(
      process.execPath,
      [
        join(root, 'scripts/portbound.mjs'),
        'replay',
        '--format',
        'jsonl',
        join(root, 'tests/conformance', folder, file),
      ],
      { encoding: 'utf8', maxBuffer: 2 ** 30 },
    );
    if (stderr) process.stderr.write(stderr);
    for (const line of stdout.split('\n')) {
      if (line === '') continue;
      const outcome = JSON.parse(line);
      if (outcome.draws) drawn = true;
      if (outcome.draws?.firstEqual) first++;
      if (outcome.equal) {
        counts.passed++;
        continue;
      }
      counts.failed++;
      const id = `${file}: ${outcome.id}`;
      const reason = reasons.get(id) ?? `not explained yet: ${String(outcome.differences[0] ?? '').slice(0, 160)}`;
      if (!groups.has(reason)) groups.set(reason, []);
      groups.get(reason).push(id);
    }
  }
  const sorted = [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([reason, cases]) => ({ reason, cases }));
  writeFileSync(ledgerFile, `${JSON.stringify({ groups: sorted }, null, 2)}\n`);
  numbers.set(folder, { name: folder, ...counts, ...(drawn ? { firstDraw: first } : {}) });
  console.log(`${folder}: ${counts.passed} passed, ${counts.failed} failed`);
}
mkdirSync(join(root, 'src/generated'), { recursive: true });
const groups = all.flatMap((name) => numbers.get(name) ?? []);
writeFileSync(numbersFile, `${JSON.stringify({ groups }, null, 2)}\n`);
