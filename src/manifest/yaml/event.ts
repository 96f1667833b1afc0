import type { Mark } from './cursor';
import type { ScalarStyle } from './token';

export type EventKind =
  | 'stream-start'
  | 'stream-end'
  | 'document-start'
  | 'document-end'
  | 'alias'
  | 'scalar'
  | 'sequence-start'
  | 'sequence-end'
  | 'mapping-start'
  | 'mapping-end';

export interface Event {
  readonly kind: EventKind;
  readonly start: Mark;
  readonly end: Mark;
  readonly anchor?: string;
  readonly tag?: string;
  readonly value?: string;
  readonly style?: ScalarStyle;
  /** A scalar whose type is told by its text. */
  readonly implicit?: boolean;
  /** `[…]` or `{…}` */
  readonly flow?: boolean;
}

/** A value that is not there. */
export function emptyScalar(mark: Mark): Event {
  return { kind: 'scalar', start: mark, end: mark, value: '', style: 'plain', implicit: true };
}
