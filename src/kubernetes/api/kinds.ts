import type { KindDefinition } from './kind';
import { pod } from './core/pod';

/** Every kind that has rules of its own. Adding a kind: a folder beside the others, and a line here. */
export const kindDefinitions: readonly KindDefinition[] = [pod];
