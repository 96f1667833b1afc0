import outlineText from '/content/lessons/en/outline.yaml?raw';
import { parse } from 'yaml';
import * as z from 'zod';

const outlineSchema = z.array(z.strictObject({ title: z.string(), lessons: z.array(z.string()) }));

/** A part of the course with its lessons, numbered through. */
export interface Part {
  readonly title: string;
  readonly lessons: readonly { readonly number: number; readonly id: string; readonly title: string }[];
}

/** The planned course in its order, whether a lesson is open or not. */
export function courseOutline(): Part[] {
  let number = 0;
  return outlineSchema.parse(parse(outlineText)).map((part) => ({
    title: part.title,
    lessons: part.lessons.map((title) => {
      number++;
      return { number, id: `l${String(number).padStart(2, '0')}`, title };
    }),
  }));
}
