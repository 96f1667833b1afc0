// Everything that must hold, in the order in which it fails fastest: format, lint, types and arrows; unit and
// conformance tests; a production build and its weight; a person in a browser. Ends with a line `N passed, N failed`.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const reports = mkdtempSync(join(tmpdir(), 'portbound-test-'));
const env = { ...process.env, ASTRO_TELEMETRY_DISABLED: '1' };
let passed = 0;
let failed = 0;

function bin(name) {
  return join(root, 'node_modules', '.bin', name);
}

/** Runs one stage and says how long it took; a stage without counts of its own counts as one test. */
function stage(title, command, args, counts) {
  console.log(`\n── ${title} ──`);
  const started = performance.now();
  const { status } = spawnSync(command, args, {
    cwd: root,
    env: { ...env, ...counts?.env },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const read = counts?.read();
  passed += read ? read.passed : status === 0 ? 1 : 0;
  const wrong = read ? read.failed : 0;
  failed += wrong > 0 ? wrong : status === 0 ? 0 : 1;
  console.log(
    `── ${title}: ${status === 0 ? 'ok' : 'FAILED'} after ${((performance.now() - started) / 1000).toFixed(0)} s ──`,
  );
  return status === 0;
}

function json(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

const vitestReport = join(reports, 'vitest.json');
const playwrightReport = join(reports, 'playwright.json');
stage('format', bin('prettier'), ['--check', '--log-level', 'warn', '.']);
stage('lint and arrows', bin('eslint'), ['--max-warnings', '0', '.']);
stage('types', bin('astro'), ['check', '--minimumFailingSeverity', 'warning']);
stage(
  'unit tests and recordings',
  bin('vitest'),
  ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${vitestReport}`],
  {
    read: () => {
      const report = json(vitestReport);
      return report && { passed: report.numPassedTests, failed: report.numFailedTests };
    },
  },
);
if (stage('build', process.execPath, [join(root, 'scripts/build.mjs')])) {
  stage('weight of the pages', process.execPath, [join(root, 'scripts/size-gate.mjs')]);
  stage('a person in a browser', bin('playwright'), ['test', '--reporter=list,json'], {
    env: { PLAYWRIGHT_JSON_OUTPUT_NAME: playwrightReport },
    read: () => {
      const stats = json(playwrightReport)?.stats;
      return stats && { passed: stats.expected + stats.flaky, failed: stats.unexpected };
    },
  });
}
rmSync(reports, { recursive: true, force: true });
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
