import * as z from 'zod';

/** A condition on the cluster: a command line that prints `expect` (blanks at the ends aside) when it holds. */
const goal = z.strictObject({
  sentence: z.string(),
  place: z.string().default('client'),
  probe: z.string(),
  expect: z.string(),
});

const exercise = z.strictObject({
  title: z.string(),
  text: z.string(),
  world: z.string(),
  /** A file of content/manifests to begin with. */
  manifest: z.string(),
  goals: z.array(goal).min(1),
  hints: z.array(z.string()),
  /** A file of content/manifests that fulfils every goal; the build tries it. */
  solution: z.string(),
});

/** The head of a lesson file. */
export const lessonSchema = z.strictObject({
  number: z.int().min(1).max(18),
  title: z.string(),
  part: z.int().min(0).max(4),
  minutes: z.int(),
  outcome: z.string(),
  description: z.string(),
  exercise,
});

export type LessonHead = z.infer<typeof lessonSchema>;
export type Exercise = LessonHead['exercise'];
