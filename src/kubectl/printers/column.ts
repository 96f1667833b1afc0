import type { KubeObject } from '@/kubernetes/api/object';
import type { Selector } from './selector-text';
import { age } from '../output/age';

/** One column of a kind's table. Upstream: pkg/printers/internalversion/printers.go `AddHandlers`. */
export interface Column<T> {
  /** As the header prints it. */
  readonly name: string;
  /** Only with `-o wide`. */
  readonly wide?: true;
  /** The text of one cell; `now` = milliseconds since 1970. */
  readonly cell: (object: T, now: number) => string;
}

export type { Selector };

/** A column that is always there. */
export function column<T>(name: string, cell: Column<T>['cell']): Column<T> {
  return { name, cell };
}

/** A column of `-o wide`. */
export function wide<T>(name: string, cell: Column<T>['cell']): Column<T> {
  return { name, cell, wide: true };
}

/** NAME, as nearly every table begins. */
export const nameColumn = <T extends Pick<KubeObject, 'metadata'>>(): Column<T> =>
  column('NAME', (object) => object.metadata.name);

/** AGE, as nearly every table ends. */
export const ageColumn = <T extends Pick<KubeObject, 'metadata'>>(): Column<T> =>
  column('AGE', (object, now) => age(object.metadata.creationTimestamp, now));

/** `<none>` for an empty text. */
export function orNone(text: string | undefined | null): string {
  return text === undefined || text === null || text === '' ? '<none>' : text;
}
