import { VersionedMap } from '../clock/history';
import { type Bind, accepts } from './bind';
import type { Journal } from './journal';
import type { Application, Socket } from './kernel';
import type { Moment } from './wiring';

/** The open sockets of one machine, and what answers behind them. With its history. */
export class SocketTable {
  private readonly table: VersionedMap<Socket>;
  /** Behaviour, not state: what answers behind a live socket. */
  private readonly applications = new Map<number, Application>();
  private next = 1;

  constructor(
    private readonly journal: Journal,
    past?: Moment<SocketTable>,
  ) {
    this.table = past ? past.of.table.asOf(past.revision) : new VersionedMap<Socket>();
  }

  /** A socket for a bind that the kernel allows. `backlog`: connections that may wait (`Send-Q` of `ss`). */
  open(owner: Pick<Socket, 'pid' | 'namespace' | 'backlog'>, bind: Required<Bind>, app?: Application): Socket {
    const socket: Socket = { ...bind, id: this.next++, ...owner };
    this.table.set(String(socket.id), socket, this.journal.write());
    if (app) this.applications.set(socket.id, app);
    return socket;
  }

  close(id: number): void {
    if (!this.table.get(String(id))) return;
    this.table.set(String(id), undefined, this.journal.write());
    this.applications.delete(id);
  }

  list(namespace?: string, at?: number): Socket[] {
    const all = [...this.table.values(at)];
    return namespace === undefined ? all : all.filter((socket) => socket.namespace === namespace);
  }

  /** The socket that takes a packet for `address`:`port`: the most specific, as the kernel's lookup scores them. */
  taking(
    namespace: string,
    protocol: Socket['protocol'],
    address: string,
    port: number,
    at?: number,
  ): Socket | undefined {
    const takers = this.list(namespace, at).filter(
      (socket) => socket.protocol === protocol && socket.port === port && accepts(socket, address),
    );
    return takers.find((socket) => socket.address === address) ?? takers[0];
  }

  /** What answers behind a socket; a socket without one takes connections and closes them. */
  application(id: number): Application | undefined {
    return this.applications.get(id);
  }

  /** Every socket that was opened (or closed: without `socket`) after a revision, and what was there before. */
  changes(after: number) {
    return [...this.table.changesAfter(after)].map(({ key, revision, value }) => ({
      revision,
      socket: value,
      before: this.table.get(key, revision - 1),
    }));
  }
}
