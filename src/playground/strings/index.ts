import { en } from './en';
import type { pages } from './en-pages';

/** The words of what comes alive in a page. */
export type Strings = typeof en;
/** Every word of the interface. A language is a value of this type. */
export type AllStrings = Strings & typeof pages;
export { en };
