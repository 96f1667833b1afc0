import type { Range, TextEdit } from '@/manifest/manifest';

/** Something that could stand at a place of a manifest. */
export interface Choice {
  readonly label: string;
  readonly sort: 'field' | 'item' | 'value' | 'object' | 'part';
  /** The type: `[]ContainerPort`; of a kind its apiVersion. */
  readonly detail?: string;
  readonly required?: boolean;
  /** The field whose description says more. */
  readonly of?: { readonly id: string; readonly name: string };
  /** What replaces `range`, in the form of the Language Server Protocol's snippets. */
  readonly insert: string;
  readonly range: Range;
  /** Edits elsewhere that go with it. */
  readonly also?: readonly TextEdit[];
  /** The value has choices of its own, which can be shown at once. */
  readonly more?: boolean;
}
