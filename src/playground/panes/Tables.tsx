import type { Target } from '../session/look';
import type { Tables as TablesData } from '../session/tables';
import type { Strings } from '../strings';
import { type Opens, Table } from './Table';

interface Props {
  readonly tables: TablesData;
  readonly t: Strings['play'];
  /** All rows at once, for paper. */
  readonly whole?: boolean;
  /** A row of an object was chosen. */
  readonly onLook?: (target: Target) => void;
}

/** The text twin of the picture: what kubectl prints, the listening sockets and the forwarding rules. */
export default function Tables({ tables, t, whole, onLook }: Props) {
  const { columns, tables: names } = t;
  const shared = { none: names.none, whole, onLook };
  return (
    <div class="tables">
      <Table title={names.pods} {...tables.pods} {...shared} opens={named('pods')} />
      <Table title={names.nodes} {...tables.nodes} {...shared} opens={named('nodes', true)} />
      <Table title={names.services} {...tables.services} {...shared} opens={named('services')} />
      <Table title={names.endpoints} {...tables.endpoints} {...shared} opens={named('endpointslices')} />
      <Table
        title={names.sockets}
        head={[columns.node, columns.protocol, columns.local, columns.program, columns.owner]}
        rows={tables.sockets.map((row) => [row.node, row.protocol, row.local, row.program, row.pod ?? columns.machine])}
        opens={(cells) => (cells.at(-1) === columns.machine ? undefined : owner(cells))}
        {...shared}
      />
      <Table
        title={names.rules}
        head={[columns.node, columns.hostPort, columns.to, columns.owner]}
        rows={tables.rules.map((row) => [row.node, row.hostPort, row.to, row.owner])}
        opens={ruled}
        {...shared}
      />
      <Table title={names.events} {...tables.events} {...shared} opens={regarding} />
    </div>
  );
}

/** The column NAME names the object. `alone`: it lives in no namespace. */
function named(resource: string, alone = false): Opens {
  return (cells, head) => {
    const column = head.indexOf('NAME');
    const name = cells[column] ?? '';
    return { column, target: alone ? { resource, name } : { resource, name, namespace: namespaceIn(cells, head) } };
  };
}

/** kubectl names it only where it prints those of all namespaces. */
function namespaceIn(cells: readonly string[], head: readonly string[]): string {
  return cells[head.indexOf('NAMESPACE')] ?? 'default';
}

/** The last column names the Pod: `web-0`, `web-0 -n shop`. */
function owner(cells: readonly string[]): ReturnType<Opens> {
  const [name = '', namespace = 'default'] = cells.at(-1)?.split(' -n ') ?? [];
  return { column: cells.length - 1, target: { resource: 'pods', name, namespace } };
}

/** The last column names the Pod or the Service: `service/web`, `service/web -n shop`. */
function ruled(cells: readonly string[]): ReturnType<Opens> {
  const [object = '', namespace = 'default'] = cells.at(-1)?.split(' -n ') ?? [];
  const [resource = '', name = ''] = object.split('/');
  return { column: cells.length - 1, target: { resource: `${resource}s`, name, namespace } };
}

/** An event names what it is about: `pod/web-0`. */
function regarding(cells: readonly string[], head: readonly string[]): ReturnType<Opens> {
  const column = head.indexOf('OBJECT');
  const [resource, name] = cells[column]?.split('/') ?? [];
  if (!resource || !name) return undefined;
  const target = { resource, name };
  return { column, target: resource === 'node' ? target : { ...target, namespace: namespaceIn(cells, head) } };
}
