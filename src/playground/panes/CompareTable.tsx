import type { DiffRow, DiffSection } from '../compare/diff';
import type { Strings } from '../strings';

interface Props {
  readonly sections: readonly DiffSection[];
  /** What heads the two columns. */
  readonly left: string;
  readonly right: string;
  /** Whether rows in which nothing differs are left out. */
  readonly only: boolean;
  readonly t: Strings['compare'];
}

/** Two clusters side by side; rows in which they differ carry a sign and a word. */
export function CompareTable({ sections, left, right, only, t }: Props) {
  return (
    <table>
      <thead>
        <tr>
          <td />
          <th scope="col" class="mono">
            {left}
          </th>
          <th scope="col" class="mono">
            {right}
          </th>
        </tr>
      </thead>
      {sections.map(({ name, rows }) => {
        const shown = rows.filter((row) => row.differs || !only);
        if (only && shown.length === 0) return null;
        return (
          <tbody key={name}>
            <tr class="section">
              <th scope="rowgroup" colSpan={3}>
                {t.sections[name]}
              </th>
            </tr>
            {shown.map((row) => (
              <Row key={row.key} row={row} t={t} />
            ))}
            {shown.length === 0 && (
              <tr>
                <td colSpan={3} class="soft">
                  {t.nothing}
                </td>
              </tr>
            )}
          </tbody>
        );
      })}
    </table>
  );
}

function Row({ row, t }: { readonly row: DiffRow; readonly t: Strings['compare'] }) {
  return (
    <tr class={row.differs ? 'differs' : undefined}>
      <th scope="row" class="mono">
        <span class="sign" aria-hidden="true">
          {row.differs ? '≠' : '='}
        </span>
        {row.key}
        <span class="hidden-text">: {row.differs ? t.differs : t.same}</span>
      </th>
      {[row.left, row.right].map((value, i) => (
        <td key={i} class={value === undefined ? 'soft' : 'mono'}>
          {value ?? t.nothing}
        </td>
      ))}
    </tr>
  );
}
