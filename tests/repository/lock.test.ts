import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

interface LockEntry {
  readonly resolved?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const lock: { packages: Readonly<Record<string, LockEntry>> } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
const entries = Object.entries(lock.packages);

describe('package-lock.json', () => {
  it('has an entry for every optional dependency, so that npm ci works on every platform', () => {
    const missing = entries.flatMap(([path, entry]) =>
      Object.keys(entry.optionalDependencies ?? {}).filter(
        (name) => !lock.packages[`node_modules/${name}`] && !lock.packages[`${path}/node_modules/${name}`],
      ),
    );
    expect(missing).toEqual([]);
  });

  it('names no registry host', () => {
    expect(entries.filter(([, entry]) => entry.resolved?.startsWith('http'))).toEqual([]);
  });
});

describe('package.json', () => {
  it('pins every dependency to one version', () => {
    const manifest: Record<string, Record<string, string> | undefined> = JSON.parse(
      readFileSync('package.json', 'utf8'),
    );
    const all = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies };
    expect(Object.entries(all).filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });
});
