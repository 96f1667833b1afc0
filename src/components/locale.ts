import { type AllStrings, en } from '@/playground/strings';
import { pages } from '@/playground/strings/en-pages';

const english: AllStrings = { ...en, ...pages };
const languages: Readonly<Record<string, AllStrings>> = { en: english };

/** The words of the page's language; English where a language is not there yet. */
export function strings(locale: string | undefined): AllStrings {
  return languages[locale ?? 'en'] ?? english;
}

/** A path of the site (`/play/`) under whatever base the site is published at. */
export function href(path: string): string {
  return import.meta.env.BASE_URL.replace(/\/?$/, '') + path;
}
