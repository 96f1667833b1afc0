import { checkText } from './adapter';
import type { Ask } from './answer';
import { pagePacer } from './pacer';

/** Checks in this thread, in slices. */
export const askHere: Ask = (text, world, wanted, tell) => void checkText(text, { world }, pagePacer(wanted), tell);
