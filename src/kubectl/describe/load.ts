import { KubectlError } from '../errors';
import type * as module from './index';

type Describers = typeof module;

let loaded: Describers | undefined;

/** Loads what describes objects as a module of its own; once it is there it does nothing. */
export async function loadDescribers(): Promise<void> {
  loaded ??= await import('./index');
}

/** Whether a line, script or recording may come to need it: what keeps a host from loading it for nothing. */
export function mentionsDescribe(text: string): boolean {
  return /\bdescribe\b/.test(text);
}

/** The module. Throws where its host has not loaded it. */
export function describers(): Describers {
  if (!loaded) throw new KubectlError('the descriptions could not be loaded; are you offline?');
  return loaded;
}
