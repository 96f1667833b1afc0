import * as z from 'zod';

/** A text in the site's languages; English is always there. */
const words = z.strictObject({ en: z.string(), 'zh-cn': z.string().optional() });

/** The form of content/scenarios/<name>/scenario.yaml. The other files of its folder lie in the client's folder. */
export const scenarioSchema = z.strictObject({
  title: words,
  about: words,
  world: z.string().describe('A world of content/worlds'),
  seed: z.int().optional(),
  script: z.string().describe('What is typed, line by line; `@node1 …` runs a line on a node'),
});

export type ScenarioFile = z.infer<typeof scenarioSchema>;
