/**
 * Milliseconds after the last key until the text is read. One for all who read it, so that what is wrong with it and what will
 * be filled in are painted in one go.
 */
export const pause = 250;
