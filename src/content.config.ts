import { defineCollection } from 'astro:content';
import { glob } from 'astro/loaders';
import { errorSchema } from './components/errors/error-schema';
import { lessonSchema } from './components/lesson/lesson-schema';

/** Lessons: one MDX file each, a folder per language. Prose and components; everything computed is computed at build. */
const lessons = defineCollection({
  loader: glob({ base: './content/lessons', pattern: '*/*.mdx' }),
  schema: lessonSchema,
});

/** Texts that people search for: one file each, a folder per language. What they say is printed when the site is built. */
const errors = defineCollection({
  loader: glob({ base: './content/errors', pattern: '*/*.yaml' }),
  schema: errorSchema,
});

export const collections = { lessons, errors };
