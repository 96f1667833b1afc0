import { ask } from '@/checker/api-stage';
import { assumeNamespace } from '@/checker/namespaces';
import { objectsOf } from '@/checker/objects';
import type { CheckOptions } from '@/checker/options';
import { remark } from '@/checker/remark';
import { provideUncommon } from '@/kubernetes/uncommon';
import { askServer, resultOf, serverFor, versionOf } from '@/checker/server-answer';
import { atOnce, inSlices } from '@/checker/steps';
import { readManifest } from '@/manifest/read';
import { percentile } from '../measure';
import { checkWithAjv, compileSchemas } from './yaml-ajv';

/** What all are given. Plain data, so that it can be handed to a page. */
export interface ContestInput {
  readonly texts: readonly string[];
  readonly schemas: Parameters<typeof compileSchemas>[0];
  readonly large: string;
  readonly rounds: number;
}

/** Milliseconds for one file. */
export interface PerFile {
  readonly median: number;
  readonly p95: number;
  readonly filesPerSecond: number;
}

export interface ContestResult {
  readonly files: number;
  readonly kilobytes: number;
  readonly perFile: Readonly<Record<RunnerName, PerFile>>;
  /** The answer without the reading. */
  readonly afterReading: PerFile;
  readonly large: {
    readonly kilobytes: number;
    readonly total: number;
    readonly yamlAjv: number;
    readonly slices: number;
    readonly longestSlice: number;
  };
}

const runnerNames = ['answer', 'check', 'reading', 'yamlAjv'] as const;
type RunnerName = (typeof runnerNames)[number];

const options: CheckOptions = { world: { name: 'bench', nodes: [] }, podSecurity: 'baseline', forecast: 0 };

// A page fetches the rules of these kinds when a text mentions one.
provideUncommon();

/** What the API server says, each with its place: reading, decoding, defaults, admission with Pod Security, validation. */
function answer(text: string): number {
  const server = serverFor(options.world, versionOf(options));
  const { documents, errors } = readManifest(text, { pastErrors: true });
  let said = errors.length;
  for (const document of objectsOf(documents)) {
    assumeNamespace(document.value, server, options);
    said += ask(document.value, server, true, false).details.map((details) => remark(document, '', details)).length;
  }
  return said;
}

/** All that a check says: besides, what is wrong behind the first mistakes, repeated keys, and advice. */
function check(text: string): number {
  return resultOf(atOnce(askServer(text, options)), options).findings.length;
}

/**
 * All over the same files, turn by turn, in the same run. A file's time is the best of its rounds; a clock may be
 * coarse, so a round takes each file several times. Nothing is kept from one time to the next.
 */
export async function contest({ texts, schemas, large, rounds }: ContestInput): Promise<ContestResult> {
  const validators = compileSchemas(schemas);
  const runners: Readonly<Record<RunnerName, (text: string) => number>> = {
    answer,
    check,
    reading: (text) => readManifest(text).documents.length,
    yamlAjv: (text) => checkWithAjv(text, validators).length,
  };
  const times: Record<RunnerName, number[]> = { answer: [], check: [], reading: [], yamlAjv: [] };
  const warmUps = 3;
  const repeats = 4;
  for (let round = -warmUps; round < rounds; round++) {
    texts.forEach((text, i) => {
      // Each is the first now and then: nobody always finds the text in the processor's cache.
      runnerNames.forEach((_, turn) => {
        const name = runnerNames[(turn + i + round + warmUps) % runnerNames.length] ?? 'answer';
        const run = runners[name];
        const begun = performance.now();
        for (let n = 0; n < repeats; n++) run(text);
        const time = (performance.now() - begun) / repeats;
        if (round >= 0) times[name][i] = Math.min(times[name][i] ?? Infinity, time);
      });
    });
  }
  const rest = times.answer.map((time, i) => Math.max(0, time - (times.reading[i] ?? 0)));
  return {
    files: texts.length,
    kilobytes: texts.reduce((sum, text) => sum + text.length, 0) / 1000,
    perFile: {
      answer: perFile(times.answer),
      check: perFile(times.check),
      reading: perFile(times.reading),
      yamlAjv: perFile(times.yamlAjv),
    },
    afterReading: perFile(rest),
    large: await largeFile(large, (text) => runners.yamlAjv(text)),
  };
}

function perFile(times: readonly number[]): PerFile {
  const sorted = [...times].sort((a, b) => a - b);
  const total = times.reduce((sum, time) => sum + time, 0);
  return {
    median: percentile(sorted, 0.5),
    p95: percentile(sorted, 0.95),
    filesPerSecond: (1000 * times.length) / total,
  };
}

/** One long file, in the slices that a page takes; and how long the longest of them kept the page. */
async function largeFile(text: string, other: (text: string) => number): Promise<ContestResult['large']> {
  let begun = performance.now();
  other(text);
  const yamlAjv = performance.now() - begun;
  const first = performance.now();
  begun = first;
  let longestSlice = 0;
  let slices = 1;
  const noteSlice = () => (longestSlice = Math.max(longestSlice, performance.now() - begun));
  const found = await inSlices(askServer(text, options), {
    isDue: () => performance.now() - begun > 10,
    pause: async () => {
      noteSlice();
      slices++;
      await new Promise((resolve) => setTimeout(resolve, 0));
      begun = performance.now();
      return true;
    },
  });
  if (found) resultOf(found, options);
  noteSlice();
  return { kilobytes: text.length / 1000, total: performance.now() - first, yamlAjv, slices, longestSlice };
}
