import type { Task } from '../../../clock/task';
import type { ProcessHandle, Signal } from '../../process';
import { fill, times } from '../../template';
import { readConfiguration } from './configuration';
import { ConfigurationError } from './syntax';
import { Upstreams } from './upstreams';

/** Whether a command line asks for something beside a server: its version, a test, a signal. Upstream: src/core/nginx.c */
export function isControl(argv: readonly string[]): boolean {
  return argv.slice(1).some((word) => /^-[tTvVs?hq]/.test(word)) || optionError(argv.slice(1)) !== undefined;
}

const signals: Readonly<Record<string, Signal>> = { stop: 'SIGTERM', quit: 'SIGQUIT', reload: 'SIGHUP' };

/** The configuration file that a command line names, else the one nginx was built with. */
export function configurationPath(argv: readonly string[], otherwise: string): string {
  return option(argv, 'c') ?? otherwise;
}

/** The value of `-s quit` or `-squit`. */
export function option(argv: readonly string[], letter: string): string | undefined {
  const at = argv.findIndex((word) => word.startsWith(`-${letter}`));
  if (at < 1) return undefined;
  return (argv[at]?.length ?? 0) > 2 ? argv[at]?.slice(2) : argv[at + 1];
}

function optionError(words: readonly string[]): string | undefined {
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? '';
    if (!word.startsWith('-')) return `invalid option: "${word}"`;
    for (const [at, letter] of [...word.slice(1)].entries()) {
      if ('?hvVtTq'.includes(letter)) continue;
      if (!'spgec'.includes(letter)) return `invalid option: "${letter}"`;
      const rest = word.slice(at + 2);
      const value = rest === '' ? words[++i] : rest;
      if (letter === 's' && value !== undefined && !/^(stop|quit|reopen|reload)$/.test(value))
        return `invalid option: "-s ${value}"`;
      if (value === undefined)
        return letter === 'c' ? 'option "-c" requires file name' : `option "-${letter}" requires parameter`;
      break;
    }
  }
  return undefined;
}

/** `nginx -t`, `-v`, `-s SIGNAL`: says what nginx says, and ends. */
export function* control(handle: ProcessHandle, built: string): Task<number> {
  const { argv } = handle;
  const say = (text: string) => handle.write('stderr', `${text}\n`);
  const wrong = optionError(argv.slice(1));
  if (wrong !== undefined) {
    say(`nginx: ${wrong}`);
    return 1;
  }
  const letters = argv.filter((word) => /^-[?hvVtTq]+$/.test(word)).join('');
  if (/[vV]/.test(letters)) say(`nginx version: nginx/${handle.image.variables.version ?? ''}`);
  if (/V/.test(letters)) say('portbound: what nginx was configured with is not simulated');
  if (/[?h]/.test(letters)) say('portbound: the help of nginx is not simulated');
  if (/[vV?h]/.test(letters)) return 0;
  const path = configurationPath(argv, built);
  const pid = nextPid(handle);
  const log = (level: string, text: string) => {
    say(`${fill('${time.nginx}', times(handle.date))} [${level}] ${pid}#${pid}: ${text}`);
    if (level !== 'notice') say(`nginx: [${level}] ${text}`);
  };
  const isTest = /[tT]/.test(letters);
  try {
    const read = readConfiguration(path, handle);
    new Upstreams(read, handle);
    for (const warning of read.warnings) log('warn', warning);
  } catch (problem) {
    if (!(problem instanceof ConfigurationError)) throw problem;
    // The text of the files is in order; what is missing is found only afterwards.
    if (isTest && problem.message.startsWith('no "events"')) say(`nginx: the configuration file ${path} syntax is ok`);
    log('emerg', problem.message);
    if (isTest) say(`nginx: configuration file ${path} test failed`);
    return 1;
  }
  if (isTest) {
    if (!letters.includes('q')) {
      say(`nginx: the configuration file ${path} syntax is ok`);
      say(`nginx: configuration file ${path} test is successful`);
    }
    if (letters.includes('T')) say('portbound: the dump of "nginx -T" is not simulated: cat the files');
    return 0;
  }
  const wish = option(argv, 's') ?? '';
  log('notice', 'signal process started');
  const signal = signals[wish];
  if (signal) handle.signalFirst(signal, pid);
  else say(`portbound: "nginx -s ${wish}" is not simulated`);
  return signal ? 0 : 1;
}

/** The number that a command gets which is run in the container now. */
function nextPid(handle: ProcessHandle): number {
  const own = handle.fork({ comm: 'nginx', title: 'nginx' });
  handle.reap(own);
  return own.innerPid;
}
