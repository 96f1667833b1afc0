import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { loadMentioned } from '@/course/on-demand';
import { oneOf, readArguments } from '../arguments';
import type { Host } from '../host';
import { UsageError } from '../usage-error';
import { minorOf } from './minor';
import type { Outcome, Recording, RecordingPlace, Replayer } from './recording';
import { recordingKinds } from './replayers';
import { Tally } from './tally';

/** `portbound replay FILE|FOLDER… [--format text|jsonl]`: 0 when every case is equal, 1 when one is not. */
export async function replay(args: readonly string[], host: Host): Promise<number> {
  const options = readArguments(args, { values: ['format'] });
  const format = oneOf(options, 'format', ['text', 'jsonl'], 'text');
  if (options.rest.length === 0) throw new UsageError('name the files or folders with recordings');
  const files = options.rest.flatMap((name) => recordingFiles(resolve(host.cwd, name), name));
  const tally = new Tally();
  for (const file of files) {
    for await (const outcome of replayFile(file)) {
      tally.add(outcome);
      if (format === 'jsonl') host.stdout(`${JSON.stringify(outcome)}\n`);
      else if (!outcome.equal) {
        host.stdout(`${outcome.id}\n${outcome.differences.map((line) => `    ${line}\n`).join('')}`);
      }
    }
  }
  if (format === 'text') host.stdout(tally.text());
  return tally.failed === 0 ? 0 : 1;
}

/** Every case of one file, replayed. */
export async function* replayFile(file: string): AsyncGenerator<Outcome> {
  const place: RecordingPlace = { file, world: (name) => worldText(file, name) };
  for (const recording of readRecordings(file)) yield await replayOne(recording, place);
}

const loaded = new Map<string, Replayer | undefined>();

/** One case. A kind that cannot be replayed, or an engine that breaks down, is a failed case, never a skipped one. */
async function replayOne(recording: Recording, place: RecordingPlace): Promise<Outcome> {
  const failedWith = (text: string): Outcome => ({ id: recording.id, equal: false, got: null, differences: [text] });
  const kind = recordingKinds.find((one) => one.fits(recording));
  if (!kind) return failedWith('this is no recording of a known kind');
  if (!loaded.has(kind.name)) loaded.set(kind.name, await kind.load());
  const replayer = loaded.get(kind.name);
  if (!replayer) return failedWith(`recordings of the kind ${kind.name} cannot be replayed yet`);
  await loadMentioned(JSON.stringify(recording), minorOf(recording.kubernetes));
  try {
    return replayer(recording, place);
  } catch (error) {
    return failedWith(
      `the engine broke down: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
  }
}

function readRecordings(file: string): Recording[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new UsageError(`${file} cannot be read`);
  }
  const sources = file.endsWith('.jsonl') ? text.split('\n').filter((line) => line.trim() !== '') : [text];
  return sources.map((source, i) => {
    const value = parsed(source);
    if (!isRecording(value)) {
      throw new UsageError(
        `${basename(file)}${sources.length > 1 ? ` line ${i + 1}` : ''} is not a recording (JSON with an id)`,
      );
    }
    return value;
  });
}

function parsed(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch {
    return undefined;
  }
}

function isRecording(value: unknown): value is Recording {
  return typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string';
}

/** A folder gives its `.json` and `.jsonl` files, sub-folders included, in the order of their names. */
function recordingFiles(path: string, name: string): string[] {
  if (!existsSync(path)) throw new UsageError(`${name} does not exist`);
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const child = join(path, entry.name);
      if (entry.isDirectory()) return recordingFiles(child, child);
      return /\.jsonl?$/.test(entry.name) ? [child] : [];
    });
}

/** `worlds/NAME.yaml` beside the recording or in the folder above it. */
function worldText(file: string, name: string): string | undefined {
  for (const folder of [dirname(file), dirname(dirname(file))]) {
    const path = join(folder, 'worlds', `${name}.yaml`);
    if (existsSync(path)) return readFileSync(path, 'utf8');
  }
  return undefined;
}
