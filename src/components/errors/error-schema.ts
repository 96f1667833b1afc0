import * as z from 'zod';

/** A way out. Its lines are typed where `run` of the page has ended, and must print what is expected. */
const fix = z.strictObject({
  title: z.string(),
  run: z.string(),
  expect: z.array(z.string()).min(1),
});

/** An error that people search for. All that is said to be printed is printed when the site is built, or the build stops. */
export const errorSchema = z.strictObject({
  order: z.int(),
  /** The text as one would have copied it. */
  title: z.string(),
  /** Who says it. */
  speaker: z.enum(['kubectl', 'api-server', 'admission', 'controller', 'scheduler', 'kubelet', 'kernel']),
  /** A pattern by which the text is known; what `run` prints must fit it. */
  match: z.string(),
  /** Rules of the check that foresee it: their findings lead here, too. */
  foreseen: z.array(z.string()).optional(),
  when: z.string(),
  why: z.array(z.string()).min(1),
  world: z.string(),
  before: z.string().default(''),
  /** Lines that make somebody say it. */
  run: z.string(),
  fixes: z.array(fix).min(1),
  lesson: z.string(),
});

export type ErrorPage = z.infer<typeof errorSchema>;
