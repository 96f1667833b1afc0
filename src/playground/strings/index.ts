import { en } from './en';

/** Every word of the interface. A language is a value of this type. */
export type Strings = typeof en;
export { en };
