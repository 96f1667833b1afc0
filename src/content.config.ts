import { defineCollection } from 'astro:content';
import { glob } from 'astro/loaders';
import { lessonSchema } from './components/lesson/lesson-schema';

/** Lessons: one MDX file each, a folder per language. Prose and components; everything computed is computed at build. */
const lessons = defineCollection({
  loader: glob({ base: './content/lessons', pattern: '*/*.mdx' }),
  schema: lessonSchema,
});

export const collections = { lessons };
