import * as z from 'zod';

const files: Record<string, string> = import.meta.glob('/src/generated/conformance.json', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const schema = z.object({
  groups: z.array(z.object({ name: z.string(), passed: z.int(), failed: z.int(), firstDraw: z.int().optional() })),
});

/** A folder of recordings, and how many of its cases come out equal. */
export interface ConformanceGroup {
  readonly name: string;
  readonly passed: number;
  readonly failed: number;
  /** Of those with draws by lot: how many are equal with the first draw alone. */
  readonly firstDraw?: number | undefined;
}

/** The numbers that the conformance tests wrote last; none where they have not run. */
export function readConformance(): readonly ConformanceGroup[] {
  const text = Object.values(files)[0];
  return text === undefined ? [] : schema.parse(JSON.parse(text)).groups;
}
