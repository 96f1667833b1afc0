import type { Language } from './room';

const room = () => import('./room').then((module) => module.languageRoom);

/** The language asked in the page itself; what it needs is fetched with the first question. */
export const pageLanguage: Language = {
  choices: async (...asked) => (await room()).choices(...asked),
  facts: async (...asked) => (await room()).facts(...asked),
  description: async (...asked) => (await room()).description(...asked),
  hints: async (...asked) => (await room()).hints(...asked),
  format: async (...asked) => (await room()).format(...asked),
};
