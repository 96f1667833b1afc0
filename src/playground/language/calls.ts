import type { WorldFile } from '@/kubernetes/world';
import type { Answer } from '../check/answer';
import type { Language } from './room';

/** A question about a text as it is sent to another thread. A check makes the one before it void. */
export type LanguageCall =
  | { readonly id: number; readonly language: keyof Language; readonly args: readonly unknown[] }
  | { readonly id: number; readonly language: 'check'; readonly text: string; readonly world: WorldFile };

/** What comes back; a check may tell several times. */
export type LanguageReply =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly told: Answer }
  | { readonly id: number; readonly fault: string };
