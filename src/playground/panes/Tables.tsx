import type { Target } from '../session/look';
import type { Tables as TablesData } from '../session/tables';
import type { Strings } from '../strings';

interface Props {
  readonly tables: TablesData;
  readonly t: Strings['play'];
  /** A row of Pods or nodes was chosen. */
  readonly onLook?: (target: Target) => void;
}

/** The text twin of the picture: what kubectl prints, the listening sockets and the forwarding rules. */
export function Tables({ tables, t, onLook }: Props) {
  const { columns, tables: names } = t;
  return (
    <div class="tables">
      <Table title={names.pods} {...tables.pods} none={names.none} onRow={onLook && podRow(onLook)} />
      <Table title={names.nodes} {...tables.nodes} none={names.none} onRow={onLook && nodeRow(onLook)} />
      <Table
        title={names.sockets}
        head={[columns.node, columns.protocol, columns.local, columns.program, columns.owner]}
        rows={tables.sockets.map((row) => [row.node, row.protocol, row.local, row.program, row.pod ?? columns.machine])}
        none={names.none}
      />
      <Table
        title={names.rules}
        head={[columns.node, columns.hostPort, columns.to, columns.pod]}
        rows={tables.rules.map((row) => [row.node, row.hostPort, row.to, row.pod])}
        none={names.none}
      />
      <Table title={names.events} {...tables.events} none={names.none} />
    </div>
  );
}

interface TableProps {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly note?: string;
  readonly none: string;
  /** Looks closely at the object of a row, by its name. */
  readonly onRow?: (name: string) => void;
}

const podRow = (onLook: (target: Target) => void) => (name: string) =>
  onLook({ resource: 'pods', name, namespace: 'default' });
const nodeRow = (onLook: (target: Target) => void) => (name: string) => onLook({ resource: 'nodes', name });

function Table({ title, head, rows, note, none, onRow }: TableProps) {
  return (
    <table class="text-table">
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
      <tbody>
        {rows.map((row, i) => (
          <tr key={i}>
            {row.map((cell, j) => (
              <td key={j}>
                {j === 0 && onRow ? (
                  <button type="button" class="object" onClick={() => onRow(cell)}>
                    {cell}
                  </button>
                ) : (
                  cell
                )}
              </td>
            ))}
          </tr>
        ))}
        {rows.length === 0 && (
          <tr>
            <td class="soft">{note ?? none}</td>
          </tr>
        )}
      </tbody>
    </table>
  );
}
