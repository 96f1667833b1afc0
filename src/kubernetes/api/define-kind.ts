import type { FieldError } from './field-error';
import type { KindContext, KindDefinition } from './kind';
import type { NameRule } from './meta/names';
import { validateObjectMeta, validateObjectMetaUpdate } from './meta/object-meta';
import type { KubeObject } from './object';

/** A kind whose metadata is judged as usual; `validateContent` judges the rest, of a new object and of a changed one. */
export interface PlainKind<T extends KubeObject> extends Omit<KindDefinition<T>, 'validate' | 'validateUpdate'> {
  readonly namespaced: boolean;
  readonly name: NameRule;
  /** Metadata is looked at only where nothing else is wrong, and by the rules that all kinds share. */
  readonly contentFirst?: boolean;
  /** Off where the kind's group judges metadata without core's rule for finalizers. */
  readonly standardFinalizers?: boolean;
  validateContent?(object: T, context: KindContext): FieldError[];
  /** What only a new object has to keep to: after the rules of content. */
  validateNew?(object: T, context: KindContext): FieldError[];
  /** What may not change: between the rules of metadata and of content. */
  validateChange?(object: T, old: T, context: KindContext): FieldError[];
}

export function defineKind<T extends KubeObject>(kind: PlainKind<T>): KindDefinition<T> {
  const { namespaced, name, standardFinalizers = true, contentFirst, validateContent, ...others } = kind;
  const { validateNew, validateChange, ...rest } = others;
  return {
    ...rest,
    validate(object, context) {
      const content = [...(validateContent?.(object, context) ?? []), ...(validateNew?.(object, context) ?? [])];
      if (contentFirst && content.length > 0) return content;
      return [...validateObjectMeta(object.metadata, { namespaced, name }, { standardFinalizers }), ...content];
    },
    validateUpdate: (object, old, context) => [
      ...validateObjectMetaUpdate(object.metadata, old.metadata, { standardFinalizers }),
      ...(validateChange?.(object, old, context) ?? []),
      ...(validateContent?.(object, context) ?? []),
    ],
  };
}
