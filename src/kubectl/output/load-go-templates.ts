import { KubectlError } from '../errors';
import type * as module from './go-template-printer';

type GoTemplates = typeof module;

let loaded: GoTemplates | undefined;

/** Loads Go's templates as a module of their own; once they are there it does nothing. */
export async function loadGoTemplates(): Promise<void> {
  loaded ??= await import('./go-template-printer');
}

/** Whether a line, script or recording may come to need them: `-o go-template=…`, `--template`, `-o templatefile=…`. */
export function mentionsGoTemplates(text: string): boolean {
  return text.includes('template');
}

/** The module. Throws where its host has not loaded it. */
export function goTemplates(): GoTemplates {
  if (!loaded) throw new KubectlError('the templates of Go could not be loaded; are you offline?');
  return loaded;
}
