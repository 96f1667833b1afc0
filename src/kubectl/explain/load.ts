import { hasDescriptions, provideDescriptions } from './descriptions';

/** Loads the descriptions as a module of their own and hands them in; once they are there it does nothing. */
export async function loadDescriptions(): Promise<void> {
  if (hasDescriptions()) return;
  const { default: file } = await import('./descriptions-v1.36.json');
  provideDescriptions(file);
}

/** Whether a script or recording may come to need them: what keeps a host from loading them for nothing. */
export function mentionsExplain(text: string): boolean {
  return text.includes('explain');
}
