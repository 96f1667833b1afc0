import { getCollection } from 'astro:content';
import type { Lessons } from '@/playground/check/shown';
import { href, strings } from '../locale';
import { courseOutline } from './outline';

/** Where each lesson is to be found: its page, or its place in the plan while it is not written. */
export async function lessonLinks(locale: string | undefined): Promise<Lessons> {
  const t = strings(locale).editor;
  const open = new Map((await getCollection('lessons')).map((lesson) => [lesson.data.number, lesson.data.title]));
  return Object.fromEntries(
    courseOutline()
      .flatMap((part) => part.lessons)
      .map(({ id, number, title }) => {
        const written = open.get(number);
        const link = written
          ? { title: t.lessonTitle(number, written), href: href(`/lessons/${id}/`) }
          : { title: t.lessonPlanned(number, title), href: href(`/lessons/#${id}`) };
        return [id, link];
      }),
  );
}
