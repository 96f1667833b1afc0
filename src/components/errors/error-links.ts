import { getCollection } from 'astro:content';
import type { ErrorLink } from '@/playground/why/error-link';
import { href } from '../locale';

/** The pages of errors in their order, each with the pattern of its text. */
export async function errorPages() {
  const all = await getCollection('errors', ({ id }) => id.startsWith('en/'));
  return all.map(({ id, data }) => ({ id: id.slice('en/'.length), data })).sort((a, b) => a.data.order - b.data.order);
}

/** Where each text is explained. */
export async function errorLinks(): Promise<ErrorLink[]> {
  return (await errorPages()).map(({ id, data }) => ({
    match: data.match,
    foreseen: data.foreseen,
    href: href(`/errors/${id}/`),
  }));
}
