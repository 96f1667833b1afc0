import { askServer, resultOf } from '@/checker/server-answer';
import { atOnce, inSlices } from '@/checker/steps';
import type { CheckOptions } from '@/checker/options';
import { readManifest } from '@/manifest/read';
import { percentile } from '../measure';
import { checkWithAjv, compileSchemas } from './yaml-ajv';

/** What both are given. Plain data, so that it can be handed to a page. */
export interface ContestInput {
  readonly texts: readonly string[];
  readonly schemas: Parameters<typeof compileSchemas>[0];
  readonly large: string;
  readonly rounds: number;
}

/** Milliseconds for one file. */
interface PerFile {
  readonly median: number;
  readonly p95: number;
  readonly filesPerSecond: number;
}

export interface ContestResult {
  readonly files: number;
  readonly kilobytes: number;
  readonly check: PerFile;
  /** The same without the reading. */
  readonly afterReading: PerFile;
  readonly reading: PerFile;
  readonly yamlAjv: PerFile;
  readonly large: {
    readonly kilobytes: number;
    readonly total: number;
    readonly yamlAjv: number;
    readonly slices: number;
    readonly longestSlice: number;
  };
}

const options: CheckOptions = { world: { name: 'bench', nodes: [] }, podSecurity: 'baseline', forecast: 0 };

function check(text: string): number {
  return resultOf(atOnce(askServer(text, options)), options).findings.length;
}

/**
 * Both over the same files, turn by turn, in the same run. A file's time is the best of its rounds; a clock may be
 * coarse, so a round takes each file several times.
 */
export async function contest({ texts, schemas, large, rounds }: ContestInput): Promise<ContestResult> {
  const validators = compileSchemas(schemas);
  const runners = {
    check: (text: string) => check(text),
    reading: (text: string) => readManifest(text).documents.length,
    yamlAjv: (text: string) => checkWithAjv(text, validators).length,
  };
  const times = { check: [] as number[], reading: [] as number[], yamlAjv: [] as number[] };
  const names = ['check', 'reading', 'yamlAjv'] as const;
  const repeats = 4;
  for (let round = -2; round < rounds; round++) {
    texts.forEach((text, i) => {
      for (const name of names) {
        const run = runners[name];
        const begun = performance.now();
        for (let n = 0; n < repeats; n++) run(text);
        const time = (performance.now() - begun) / repeats;
        if (round >= 0) times[name][i] = Math.min(times[name][i] ?? Infinity, time);
      }
    });
  }
  const rest = times.check.map((time, i) => Math.max(0, time - (times.reading[i] ?? 0)));
  return {
    files: texts.length,
    kilobytes: texts.reduce((sum, text) => sum + text.length, 0) / 1000,
    check: perFile(times.check),
    afterReading: perFile(rest),
    reading: perFile(times.reading),
    yamlAjv: perFile(times.yamlAjv),
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
  const answer = await inSlices(askServer(text, options), {
    isDue: () => performance.now() - begun > 10,
    pause: async () => {
      noteSlice();
      slices++;
      await new Promise((resolve) => setTimeout(resolve, 0));
      begun = performance.now();
      return true;
    },
  });
  if (answer) resultOf(answer, options);
  noteSlice();
  return { kilobytes: text.length / 1000, total: performance.now() - first, yamlAjv, slices, longestSlice };
}
