import type { ComponentChildren } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { Target } from '../session/look';
import { useNear } from './use-near';

/** The object that a row is about, and the column in which it is named; undefined: none. */
export type Opens = (
  cells: readonly string[],
  head: readonly string[],
) => { readonly column: number; readonly target: Target } | undefined;

interface Props {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly note?: string;
  readonly none: string;
  /** All rows at once. */
  readonly whole?: boolean;
  readonly opens?: Opens;
  /** Looks closely at the object of a row. */
  readonly onLook?: (target: Target) => void;
}

/** Rows that are put into the page together, once they come near what is seen. */
const bundle = 50;

/** What a row takes before it was seen, in pixels. */
const rowHeight = 24;

/** A table as a terminal prints it. Of a long one only what is near the window is in the page. */
export function Table({ title, head, rows, note, none, whole = false, opens, onLook }: Props) {
  const bundles = Array.from({ length: Math.ceil(rows.length / bundle) }, (_, i) => i * bundle);
  return (
    <table class="text-table" aria-rowcount={rows.length > bundle ? rows.length + 1 : undefined}>
      <caption>{title}</caption>
      {rows.length > 0 && (
        <thead>
          <tr>
            {head.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
      )}
      {bundles.map((from) => (
        <Bundle
          key={from}
          shown={whole || from === 0}
          count={Math.min(bundle, rows.length - from)}
          columns={head.length}
        >
          {() =>
            rows
              .slice(from, from + bundle)
              .map((cells, i) => (
                <Row
                  key={i}
                  cells={cells}
                  link={opens?.(cells, head)}
                  number={rows.length > bundle ? from + i + 2 : undefined}
                  onLook={onLook}
                />
              ))
          }
        </Bundle>
      ))}
      {rows.length === 0 && (
        <tbody>
          <tr>
            <td class="soft">{note ?? none}</td>
          </tr>
        </tbody>
      )}
    </table>
  );
}

interface BundleProps {
  readonly shown: boolean;
  readonly count: number;
  readonly columns: number;
  readonly children: () => ComponentChildren;
}

function Bundle({ shown, count, columns, children }: BundleProps) {
  const body = useRef<HTMLTableSectionElement>(null);
  const near = useNear(body, shown);
  const height = useRef(0);
  useEffect(() => {
    if (near && body.current) height.current = body.current.offsetHeight / count;
  });
  return (
    <tbody ref={body}>
      {near ? (
        children()
      ) : (
        <tr aria-hidden="true">
          <td colSpan={columns} style={{ height: `${Math.round(count * (height.current || rowHeight))}px` }} />
        </tr>
      )}
    </tbody>
  );
}

interface RowProps {
  readonly cells: readonly string[];
  readonly link: ReturnType<Opens>;
  readonly number: number | undefined;
  readonly onLook: Props['onLook'];
}

/** Drawn anew only where its cells are others. */
function Row({ cells, link, number, onLook }: RowProps) {
  return useMemo(
    () => (
      <tr aria-rowindex={number}>
        {cells.map((cell, i) => (
          <td key={i}>
            {onLook && link?.column === i ? (
              <button type="button" class="object" onClick={() => onLook(link.target)}>
                {cell}
              </button>
            ) : (
              cell
            )}
          </td>
        ))}
      </tr>
    ),
    [cells.join('\n'), number, onLook],
  );
}
