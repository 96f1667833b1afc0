import type { Task } from '../../../clock/task';
import type { Process } from '../../../network/kernel';
import type { ServerFile } from '../../image';
import { pause, type ProcessHandle } from '../../process';
import { fill, times } from '../../template';
import { writeLines } from '../lines';
import { bindAll, forkWorkers, nameWorkers, pauseThrough, type Wanted } from '../server';
import { type Configuration, endpoint } from './configuration';
import { configurationPath, option } from './control';
import { knownConfiguration } from './known';
import { application, logs, socketsOf } from './serve';
import { ConfigurationError } from './syntax';

/** nginx as its own configuration says: binds, answers, reads it anew on SIGHUP, ends on SIGTERM, SIGINT or SIGQUIT. */
export function* nginx(
  name: string,
  file: ServerFile,
  handle: ProcessHandle,
  own: Record<string, string>,
): Task<number> {
  const path = configurationPath(handle.argv, file.configuration ?? '');
  const line = (level: string, text: string, pid = handle.process.innerPid) =>
    handle.write('stderr', `${fill('${time.nginx}', times(handle.date))} [${level}] ${pid}#${pid}: ${text}\n`);
  const told = new Set<string>();
  const tell = ({ unsimulated }: Configuration) => {
    const news = unsimulated.filter((one) => !told.has(one));
    for (const one of news) told.add(one);
    if (news.length > 0)
      handle.write('stderr', `portbound: nginx: not simulated, and so without effect here: ${news.join(', ')}\n`);
  };
  const read = (): Configuration | undefined => {
    try {
      const made = knownConfiguration(path, handle);
      for (const warning of made.warnings) line('warn', warning);
      tell(made);
      return made;
    } catch (problem) {
      if (!(problem instanceof ConfigurationError)) throw problem;
      line('emerg', problem.message);
      refusal = problem.message;
      return undefined;
    }
  };
  let refusal = '';
  let current = read();
  if (!current) {
    handle.write('stderr', `nginx: [emerg] ${refusal}\n`);
    return 1;
  }
  // What the program answers with changes when it reads its configuration anew.
  let live: Configuration = current;
  const app = application(
    () => live,
    handle,
    () => own,
  );
  const wantedOf = (configuration: Configuration): Wanted[] =>
    socketsOf(configuration).map(({ address, port, v6only, reusePort, backlog, ...rest }) => ({
      options: { protocol: 'TCP', address, port, v6only, reusePort, backlog, app },
      endpoint: endpoint({ address, port, ...rest }),
    }));
  const sockets = new Map<string, number>();
  const wanted = wantedOf(live);
  const bound = yield* bindAll(handle, file, own, wanted);
  if (typeof bound === 'number') return bound;
  for (const [i, { endpoint: place }] of wanted.entries()) sockets.set(place, bound[i] ?? 0);
  const daemon = live.main.find((one) => one.name === 'daemon')?.args[0];
  // Without `daemon off` the process that was begun hands over to a child and ends, and its container with it.
  if (daemon !== 'off' && !/daemon\s+off/.test(option(handle.argv, 'g') ?? '')) return 0;
  let workers = forkWorkers(name, file, handle);
  nameWorkers(own, workers);
  const notices = () => logs(live.main, undefined, 'notice');
  const notice = (text: string, pid?: number) => {
    if (notices()) line('notice', text, pid);
  };
  if (notices()) yield* writeLines(handle, file.log, (at) => [own, times(at.date)]);
  for (;;) {
    const signal = yield* pause(handle);
    handle.takeSignal();
    const from = handle.signalSender > 0 ? ` from ${handle.signalSender}` : '';
    if (signal !== 'SIGHUP') {
      const quits = signal === 'SIGQUIT';
      const number = { SIGQUIT: 3, SIGINT: 2, SIGTERM: 15, SIGKILL: 9 }[signal ?? 'SIGTERM'];
      notice(`signal ${number} (${signal}) received${from}, ${quits ? 'shutting down' : 'exiting'}`);
      stopWorkers(workers, quits);
      yield* pauseThrough(handle, file.stop?.after ?? 40);
      notice('exit');
      return file.stop?.exitCode ?? 0;
    }
    notice(`signal 1 (SIGHUP) received${from}, reconfiguring`);
    notice('reconfiguring');
    current = read();
    if (!current) continue;
    const next = wantedOf(current);
    const added = next.filter(({ endpoint: place }) => !sockets.has(place));
    const more = yield* bindAll(handle, file, own, added);
    if (typeof more === 'number') continue;
    for (const [i, { endpoint: place }] of added.entries()) sockets.set(place, more[i] ?? 0);
    for (const [place, socket] of sockets) {
      if (next.some((one) => one.endpoint === place)) continue;
      handle.close(socket);
      sockets.delete(place);
    }
    live = current;
    notice('using the "epoll" event method');
    notice('start worker processes');
    const old = workers;
    workers = forkWorkers(name, file, handle);
    nameWorkers(own, workers);
    for (const { innerPid } of workers) notice(`start worker process ${innerPid}`);
    stopWorkers(old, true);
    for (const worker of old) handle.reap(worker);
  }

  /** Workers say that they end, the master that they have. Upstream: src/os/unix/ngx_process_cycle.c */
  function stopWorkers(ending: readonly Process[], gracefully: boolean): void {
    for (const { innerPid } of ending) {
      if (gracefully) notice('gracefully shutting down', innerPid);
      notice('exiting', innerPid);
      notice('exit', innerPid);
    }
    for (const { innerPid } of ending) {
      notice(`signal 17 (SIGCHLD) received from ${innerPid}`);
      notice(`worker process ${innerPid} exited with code 0`);
      if (innerPid !== ending.at(-1)?.innerPid) notice('signal 29 (SIGIO) received');
    }
  }
}
