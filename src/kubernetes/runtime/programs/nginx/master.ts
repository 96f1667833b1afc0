import type { Task } from '../../../clock/task';
import type { Application, Process } from '../../../network/kernel';
import type { ServerFile } from '../../image';
import { pauseThrough, type ProcessHandle, type Signal } from '../../process';
import { times } from '../../template';
import { bindAll, type Wanted } from '../bind';
import { writeLines } from '../lines';
import { forkWorkers, nameWorkers } from '../workers';
import { type Configuration, endpoint } from './configuration';
import { writeError } from './error-log';
import { application, type Live, logs, socketsOf } from './serve';

/** The master process: its sockets, its workers, and what it notes in the error log. */
export class Master {
  /** The sockets by the addresses that the configuration names. */
  private readonly sockets = new Map<string, number>();
  private readonly app: Application;
  private workers: readonly Process[] = [];

  /** `live`: what the program answers by, until it has read its configuration anew. */
  constructor(
    private readonly name: string,
    private readonly file: ServerFile,
    private readonly handle: ProcessHandle,
    private readonly own: Record<string, string>,
    private live: Live,
  ) {
    this.app = application(
      () => this.live,
      handle,
      () => own,
    );
  }

  /** Opens what a configuration listens on beyond what is open; returns an exit code when that cannot be. */
  *bind(configuration: Configuration): Task<number | undefined> {
    const wanted = this.wantedBy(configuration).filter(({ endpoint: place }) => !this.sockets.has(place));
    const bound = yield* bindAll(this.handle, this.file, this.own, wanted);
    if (typeof bound === 'number') return bound;
    for (const [i, { endpoint: place }] of wanted.entries()) this.sockets.set(place, bound[i] ?? 0);
    return undefined;
  }

  *begin(): Task<void> {
    this.fork();
    if (this.notices()) yield* writeLines(this.handle, this.file.log, (at) => [this.own, times(at.date)]);
  }

  *end(signal: Signal): Task<number> {
    const quits = signal === 'SIGQUIT';
    const number = { SIGQUIT: 3, SIGINT: 2, SIGTERM: 15, SIGKILL: 9, SIGHUP: 1 }[signal];
    this.notice(`signal ${number} (${signal}) received${this.sender()}, ${quits ? 'shutting down' : 'exiting'}`);
    this.stop(this.workers, quits);
    yield* pauseThrough(this.handle, this.file.stop?.after ?? 40);
    this.notice('exit');
    return this.file.stop?.exitCode ?? 0;
  }

  noteReload(): void {
    this.notice(`signal 1 (SIGHUP) received${this.sender()}, reconfiguring`);
    this.notice('reconfiguring');
  }

  /** Goes over to another configuration, with workers of its own; stays as it is where an address cannot be bound. */
  *reload(next: Live): Task<void> {
    const refused = yield* this.bind(next);
    if (refused !== undefined) return;
    const wanted = this.wantedBy(next);
    for (const [place, socket] of this.sockets) {
      if (wanted.some((one) => one.endpoint === place)) continue;
      this.handle.close(socket);
      this.sockets.delete(place);
    }
    this.live = next;
    this.notice('using the "epoll" event method');
    this.notice('start worker processes');
    const old = this.workers;
    this.fork();
    for (const { innerPid } of this.workers) this.notice(`start worker process ${innerPid}`);
    this.stop(old, true);
    for (const worker of old) this.handle.reap(worker);
  }

  private wantedBy(configuration: Configuration): Wanted[] {
    return socketsOf(configuration).map(({ address, port, v6only, reusePort, backlog }) => ({
      options: { protocol: 'TCP', address, port, v6only, reusePort, backlog, app: this.app },
      endpoint: endpoint({ address, port }),
    }));
  }

  private fork(): void {
    this.workers = forkWorkers(this.name, this.file, this.handle);
    nameWorkers(this.own, this.workers);
  }

  /** Workers say that they end, the master that they have. Upstream: src/os/unix/ngx_process_cycle.c */
  private stop(ending: readonly Process[], gracefully: boolean): void {
    for (const { innerPid } of ending) {
      if (gracefully) this.notice('gracefully shutting down', innerPid);
      this.notice('exiting', innerPid);
      this.notice('exit', innerPid);
    }
    for (const { innerPid } of ending) {
      this.notice(`signal 17 (SIGCHLD) received from ${innerPid}`);
      this.notice(`worker process ${innerPid} exited with code 0`);
      if (innerPid !== ending.at(-1)?.innerPid) this.notice('signal 29 (SIGIO) received');
    }
  }

  private notices(): boolean {
    return logs(this.live.main, undefined, 'notice');
  }

  private notice(text: string, pid?: number): void {
    if (this.notices()) writeError(this.handle, 'notice', text, pid);
  }

  private sender(): string {
    return this.handle.signalSender > 0 ? ` from ${this.handle.signalSender}` : '';
  }
}
