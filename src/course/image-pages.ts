import { hasImagePages, provideImagePages } from '@/kubernetes/runtime/pages';

const files = import.meta.glob<string>('/content/images/pages/*', { query: '?raw', import: 'default' });

/** Loads the texts under content/images/pages as modules of their own and hands them in; once they are there it does nothing. */
export async function loadImagePages(): Promise<void> {
  if (hasImagePages()) return;
  const entries = Object.entries(files).map(
    async ([path, load]) => [path.slice(path.lastIndexOf('/') + 1), await load()] as const,
  );
  provideImagePages(Object.fromEntries(await Promise.all(entries)));
}

/** Whether a line, script or recording may come to ask for one: what keeps a host from loading them for nothing. */
export function mentionsImagePages(text: string): boolean {
  return /metrics/.test(text);
}
