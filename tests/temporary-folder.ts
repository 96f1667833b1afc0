import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A new empty folder that goes when the test that asked for it is over; call it from within a test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'portbound-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
