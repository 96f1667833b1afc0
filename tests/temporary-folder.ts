import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A new empty folder, which goes when the test that asks for it is over. Throws outside of a test. */
export function temporaryFolder(): string {
  // First who takes it away: a test that ran out of time goes on, and must not leave a folder behind.
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const folder = mkdtempSync(join(tmpdir(), 'portbound-'));
  return folder;
}
