import type { Choice } from '@/assist/choice';
import { choicesAt, type Surroundings } from '@/assist/completion';
import { type FieldFacts, factsAt } from '@/assist/facts';
import { type Hint, hintsOf } from '@/assist/hints';
import { fieldDescription } from '@/kubectl/explain/descriptions';
import { loadDescriptions } from '@/kubectl/explain/load';
import type { KubernetesVersion } from '@/kubernetes/api/kind';
import type { Position } from '@/manifest/manifest';

/** What an editor asks about a manifest. Every answer is plain data, so that the asked may live in another thread. */
export interface Language {
  /** What can be written at a position. */
  choices(text: string, at: Position, around: Surroundings): Promise<readonly Choice[]>;
  /** What is known of the field at a position. */
  facts(text: string, at: Position, minor: KubernetesVersion): Promise<FieldFacts | undefined>;
  /** What the documentation says of a field; undefined where it cannot be had. */
  description(of: { id: string; name: string }, minor: KubernetesVersion): Promise<string | undefined>;
  /** What the server will fill in. */
  hints(text: string, minor: KubernetesVersion): Promise<readonly Hint[]>;
  /** The text with even indentation; undefined where it has to stay as it is. */
  format(text: string): Promise<string | undefined>;
}

/** Answers in the thread that it stands in. */
export const languageRoom: Language = {
  choices: (text, at, around) => Promise.resolve(choicesAt(text, at, around)),
  facts: (text, at, minor) => Promise.resolve(factsAt(text, at, minor)),
  async description({ id, name }, minor) {
    await loadDescriptions(minor).catch(() => undefined);
    return fieldDescription(id, name, minor);
  },
  hints: (text, minor) => Promise.resolve(hintsOf(text, minor)),
  // The writer of YAML is fetched by those who format.
  format: async (text) => (await import('@/assist/format')).formatted(text),
};
