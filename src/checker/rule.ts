import type { JsonObject } from '@/kubernetes/api/object';
import type { FieldPath } from '@/manifest/manifest';
import type { Severity, Speaker } from './finding';
import type { PodSubject } from './subject';

/** What a rule may ask about the place a manifest is meant for. */
export interface RuleContext {
  /** How many nodes an ordinary Pod may be placed on. */
  readonly schedulableNodes: number;
  readonly nodeNames: readonly string[];
  /** Every Pod specification of the same paste, this one among them. */
  readonly subjects: readonly PodSubject[];
  readonly objects: readonly JsonObject[];
}

/** Something a rule noticed; the words are in content/rules/<id>.yaml, `values` fills their blanks. */
export interface Notice {
  readonly path: FieldPath;
  readonly values?: Readonly<Record<string, string | number>>;
  /** One edit that would be right, by field. */
  readonly set?: { readonly path: FieldPath; readonly value: unknown; readonly safe: boolean };
}

/** One rule of the catalogue: looks at a Pod specification and says where it noticed something. */
export interface Rule {
  readonly id: string;
  look(subject: PodSubject, context: RuleContext): readonly Notice[];
}

/** A rule's words: content/rules/<id>.yaml. `{name}` stands for a value of the notice. */
export interface RuleText {
  readonly id: string;
  readonly severity: Severity;
  readonly speaker: Speaker;
  readonly lesson?: string;
  readonly message: Readonly<Record<string, string>>;
  readonly fix?: Readonly<Record<string, string>>;
}
