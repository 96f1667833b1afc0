import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Host } from './host';
import { UsageError } from './usage-error';

/** Larger texts are no manifests; the API server itself takes about 3 MB. */
const limit = 5_000_000;

/** A text the user named: a file, or `-` for standard input. Unreadable or binary input is a UsageError. */
export function readInput(name: string, host: Host): string {
  const bytes = name === '-' ? readStandardInput() : readFile(name, host);
  if (bytes.length > limit)
    throw new UsageError(`${shown(name)} is ${megabytes(bytes.length)}; the limit is ${megabytes(limit)}`);
  if (bytes.includes(0)) throw new UsageError(`${shown(name)} is a binary file, not text`);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new UsageError(`${shown(name)} is not UTF-8 text`);
  }
}

function readFile(name: string, host: Host): Buffer {
  const path = resolve(host.cwd, name);
  try {
    if (statSync(path).isDirectory()) throw new UsageError(`${name} is a folder`);
    if (statSync(path).size > limit)
      throw new UsageError(`${name} is ${megabytes(statSync(path).size)}; the limit is ${megabytes(limit)}`);
    return readFileSync(path);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${name} ${reason(error)}`);
  }
}

function readStandardInput(): Buffer {
  try {
    return readFileSync(0);
  } catch (error) {
    throw new UsageError(`standard input ${reason(error)}`);
  }
}

function reason(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return 'does not exist';
  if (code === 'EACCES' || code === 'EPERM') return 'may not be read';
  return 'cannot be read';
}

function shown(name: string): string {
  return name === '-' ? 'standard input' : name;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
