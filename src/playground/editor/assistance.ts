import type { KubernetesVersion } from '@/kubernetes/api/kind';
import type { Language } from '../language/room';
import type { Strings } from '../strings';

/** Whom an editor asks about its text, and what the place is like that the text is meant for. */
export interface Assistance {
  readonly language: Language;
  readonly kubernetes: KubernetesVersion;
  readonly nodeNames: readonly string[];
  /** Whether what will be filled in is shown in the text. */
  readonly hints: boolean;
  readonly words: Strings['editor'];
}
