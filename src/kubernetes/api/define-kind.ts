import type { FieldError } from './field-error';
import type { KindContext, KindDefinition } from './kind';
import type { NameRule } from './meta/names';
import { validateCommonFields, validateMetaChange, validateObjectMeta } from './meta/object-meta';
import type { KubeObject } from './object';

/**
 * What upstream's `ValidateUpdate` of a kind is made of: all that a new object has to keep to, its metadata beside the
 * old one's, what may not change, the content alone.
 */
type UpdateRule = 'whole' | 'meta' | 'change' | 'content';

/** A kind whose metadata is judged as usual; `validateContent` judges the rest, of a new object and of a changed one. */
export interface PlainKind<T extends KubeObject> extends Omit<KindDefinition<T>, 'validate' | 'validateUpdate'> {
  readonly namespaced: boolean;
  readonly name: NameRule;
  /** Metadata is looked at only where nothing else is wrong, and by the rules that all kinds share. */
  readonly contentFirst?: boolean;
  /** Off where the kind's group judges metadata without core's rule for finalizers. */
  readonly standardFinalizers?: boolean;
  /** In which order a changed object is judged; a complaint that is found twice is two causes. */
  readonly updates?: readonly UpdateRule[];
  validateContent?(object: T, context: KindContext): FieldError[];
  /** What only a new object has to keep to: after the rules of content. */
  validateNew?(object: T, context: KindContext): FieldError[];
  /** What may not change. */
  validateChange?(object: T, old: T, context: KindContext): FieldError[];
}

export function defineKind<T extends KubeObject>(kind: PlainKind<T>): KindDefinition<T> {
  const { namespaced, name, standardFinalizers = true, contentFirst, updates, validateContent, ...others } = kind;
  const { validateNew, validateChange, ...rest } = others;
  const options = { standardFinalizers };
  const judge = (object: T, context: KindContext, judgeNew = validateNew): FieldError[] => {
    const content = [...(validateContent?.(object, context) ?? []), ...(judgeNew?.(object, context) ?? [])];
    if (contentFirst && content.length > 0) return content;
    return [...validateObjectMeta(object.metadata, { namespaced, name }, options), ...content];
  };
  const judgeUpdate: Readonly<Record<UpdateRule, (object: T, old: T, context: KindContext) => FieldError[]>> = {
    whole: (object, _, context) => judge(object, context, () => []),
    meta: (object, old) => validateMetaChange(object.metadata, old.metadata, options),
    change: (object, old, context) => validateChange?.(object, old, context) ?? [],
    content: (object, _, context) => validateContent?.(object, context) ?? [],
  };
  return {
    ...rest,
    validate: (object, context) => judge(object, context),
    validateUpdate: (object, old, context) => [
      ...validateCommonFields(object.metadata, old.metadata),
      ...(updates ?? usual).flatMap((rule) => judgeUpdate[rule](object, old, context)),
    ],
  };
}

const usual: readonly UpdateRule[] = ['meta', 'change', 'content'];
