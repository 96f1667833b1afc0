import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { quotedValue } from '@/checker/place';
import { valueAt } from '@/checker/change';
import type { Finding } from '@/checker/finding';
import { isObject } from '@/kubernetes/api/object';
import { parsePath } from '@/manifest/path';
import { readManifest } from '@/manifest/read';
import { findingsOf, textIn } from './findings-of';

const folder = 'tests/conformance/admission';

interface Case {
  readonly id: string;
  readonly manifest: string;
  readonly setup?: unknown;
  readonly post_to?: string;
  /** Where a dry run answers otherwise, because it allocates nothing. */
  readonly response_for_real?: unknown;
  readonly response: { readonly status?: { readonly details?: { readonly causes?: readonly Cause[] } } };
}

interface Cause {
  readonly field?: string;
  readonly message: string;
}

function casesOf(file: string): Case[] {
  const lines = readFileSync(`${folder}/${file}`, 'utf8').split('\n');
  // The form of a recording is told in the folder's README.
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Case);
}

/** What is wrong with the range of one of the server's causes; nothing where it is right. */
function complaint(manifest: string, findings: readonly Finding[], { field = '', message }: Cause): string | undefined {
  const words = field === '' ? message : `${field}: ${message}`;
  // `<rand>` and its like stand for what was drawn by lot.
  const pattern = new RegExp(`^${RegExp.escape(words).replaceAll(/\\x3c\w+(?:>|\\x3e)/g, '[^"]*')}$`);
  const found = findings.find((one) => pattern.test(one.message));
  const document = readManifest(manifest).documents[0];
  if (!found || !document) return `is not told: ${field}: ${message}`;
  const text = textIn(manifest, found.range);
  const path = parsePath(field);
  const place = document.rangeOf(path);
  const last = String(path.at(-1));
  const shows = (value: unknown) => {
    const read = readManifest(`- ${text}\n`).documents[0]?.value;
    return JSON.stringify(read) === JSON.stringify([value]);
  };
  const said = quotedValue(message);
  const here = valueAt(document.value, path);
  if (place.found) {
    // A scalar, a list or an object is marked as it stands; of a map that is told of whole, the entry that is quoted.
    if (shows(here) || shows(last) || (said !== undefined && shows(said))) return undefined;
    if (Array.isArray(here) && text === textIn(manifest, place.value)) return undefined;
    if (isObject(here) && text === textIn(manifest, place.key ?? place.value)) return undefined;
    return `${field} marks ${JSON.stringify(text)}`;
  }
  // A missing field: its parent's key, the list item it belongs to, or the whole object; or what it is filled in from.
  const parents = path.map((_, i) => path.slice(0, i)).reverse();
  const parent = parents.find((one) => document.rangeOf(one).found) ?? [];
  const step = parent.at(-1);
  if (typeof step === 'string' ? shows(step) : text === textIn(manifest, document.rangeOf(parent).value))
    return undefined;
  if (last === 'name' && shows(valueAt(document.value, [...path.slice(0, -1), 'generateName']))) return undefined;
  return last === 'hostPort' && shows(valueAt(document.value, [...path.slice(0, -1), 'containerPort']))
    ? undefined
    : `${field} (missing) marks ${JSON.stringify(text)}`;
}

// What this server says otherwise than the recording is listed with its reason elsewhere.
const differs = new Set(
  Object.values(
    JSON.parse(readFileSync('tests/conformance/known-differences/admission.json', 'utf8')) as Record<string, unknown>,
  ).flatMap((one) => JSON.stringify(one).match(/[\w-]+\/[\w-]+/g) ?? []),
);

describe('every cause of the recorded refusals', () => {
  const files = readdirSync(folder).filter((name) => name.endsWith('.jsonl') && name !== 'updates.jsonl');
  it.each(files)('%s', { timeout: 120_000 }, (file) => {
    const wrong: string[] = [];
    for (const { id, manifest, setup, post_to: path, response, response_for_real: real } of casesOf(file)) {
      const causes = response.status?.details?.causes ?? [];
      if (causes.length === 0 || setup !== undefined || path !== undefined || real !== undefined || differs.has(id))
        continue;
      const findings = findingsOf(manifest);
      for (const cause of causes) {
        const said = complaint(manifest, findings, cause);
        if (said !== undefined) wrong.push(`${id}: ${said}`);
      }
    }
    expect(wrong).toEqual([]);
  });
});
