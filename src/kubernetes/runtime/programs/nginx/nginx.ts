import type { Task } from '../../../clock/task';
import type { ServerFile } from '../../image';
import { pause, type ProcessHandle } from '../../process';
import type { Configuration } from './configuration';
import { configurationPath, option } from './control';
import { writeError } from './error-log';
import { knownConfiguration } from './known';
import { Master } from './master';
import { folderProblem, giveUp, pidFileProblem, warningOfUser } from './own-files';
import type { Live } from './serve';
import { ConfigurationError } from './syntax';
import { Upstreams } from './upstreams';

/** nginx as its own configuration says: binds, answers, reads it anew on SIGHUP, ends on SIGTERM, SIGINT or SIGQUIT. */
export function* nginx(
  name: string,
  file: ServerFile,
  handle: ProcessHandle,
  own: Record<string, string>,
): Task<number> {
  const configuration = new ConfigurationReader(file, handle);
  const first = configuration.read();
  if (typeof first === 'string') {
    handle.write('stderr', `nginx: [emerg] ${first}\n`);
    return 1;
  }
  const master = new Master(name, file, handle, own, first);
  const unmade = folderProblem(file, handle);
  if (unmade !== undefined) return giveUp(handle, unmade);
  const refused = yield* master.bind(first);
  if (refused !== undefined) return refused;
  const unwritten = pidFileProblem(handle, first);
  if (unwritten !== undefined) return giveUp(handle, unwritten);
  // Without `daemon off` the process that was begun hands over to a child and ends, and its container with it.
  const daemon = first.main.find((one) => one.name === 'daemon')?.args[0];
  if (daemon !== 'off' && !/daemon\s+off/.test(option(handle.argv, 'g') ?? '')) return 0;
  yield* master.begin();
  for (;;) {
    const signal = yield* pause(handle);
    handle.takeSignal();
    if (signal !== 'SIGHUP') return yield* master.end(signal ?? 'SIGTERM');
    master.noteReload();
    const next = configuration.read();
    if (typeof next !== 'string') yield* master.reload(next);
  }
}

/** Reads the configuration, with what nginx says to it, and says once what of it is not simulated. */
class ConfigurationReader {
  private readonly told = new Set<string>();
  private starts = true;
  private readonly path: string;

  constructor(
    file: ServerFile,
    private readonly handle: ProcessHandle,
  ) {
    this.path = configurationPath(handle.argv, file.configuration ?? '');
  }

  /** The configuration as its files are now, or why it cannot be. */
  read(): Live | string {
    try {
      const made = knownConfiguration(this.path, this.handle);
      const upstreams = new Upstreams(made, this.handle);
      this.warn(made);
      this.tell(made);
      return { ...made, upstreams };
    } catch (problem) {
      if (!(problem instanceof ConfigurationError)) throw problem;
      writeError(this.handle, 'emerg', problem.message);
      return problem.message;
    }
  }

  /** While it starts, what it warns of goes to its log and to where it was called. Upstream: src/core/ngx_log.c */
  private warn(made: Configuration): void {
    const user = warningOfUser(this.handle, made);
    for (const warning of [...(user === undefined ? [] : [user]), ...made.warnings]) {
      writeError(this.handle, 'warn', warning);
      if (this.starts) this.handle.write('stderr', `nginx: [warn] ${warning}\n`);
    }
    this.starts = false;
  }

  private tell({ unsimulated }: Configuration): void {
    const news = unsimulated.filter((one) => !this.told.has(one));
    for (const one of news) this.told.add(one);
    if (news.length > 0)
      this.handle.write('stderr', `portbound: nginx: not simulated, and so without effect here: ${news.join(', ')}\n`);
  }
}
