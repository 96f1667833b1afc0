import * as z from 'zod';
import { worldSchema } from './world-schema';

/** A text in the site's languages; English is always there. */
const words = z.strictObject({ en: z.string(), 'zh-cn': z.string().optional() });

/** What a command of the script is expected to print: both streams together are looked at. */
const claim = z.strictObject({
  ids: z.array(z.string()).describe('Lines of content/coverage.yaml that this shows'),
  at: z.string().describe('The line of the script, as written there; the last one, where it stands there twice'),
  prints: z.array(z.string()).optional().describe('Texts that occur'),
  matches: z.string().optional().describe('A regular expression that matches'),
  exit: z.int().optional().describe('Its exit code; 0 unless said otherwise'),
});

/** The form of content/scenarios/<name>/scenario.yaml. The other files of its folder lie in the client's folder. */
export const scenarioSchema = z.strictObject({
  title: words,
  about: words,
  world: z.string().describe('A world of content/worlds'),
  with: worldSchema.partial().optional().describe('Fields of the world that are otherwise here'),
  seed: z.int().optional(),
  script: z.string().describe('What is typed, line by line; `@node1 …` runs a line on a node'),
  claims: z.array(claim).optional(),
});

export type ScenarioFile = z.infer<typeof scenarioSchema>;
