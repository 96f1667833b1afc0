import { type Strings, en } from '@/playground/strings';

const languages: Readonly<Record<string, Strings>> = { en };

/** The words of the page's language; English where a language is not there yet. */
export function strings(locale: string | undefined): Strings {
  return languages[locale ?? 'en'] ?? en;
}

/** A path of the site (`/play/`) under whatever base the site is published at. */
export function href(path: string): string {
  return import.meta.env.BASE_URL.replace(/\/?$/, '') + path;
}
