import type { Task } from '@/kubernetes/clock/task';
import { containerRuntimeOf } from '@/kubernetes/node-system';
import type { Runtime } from '@/kubernetes/runtime/runtime';
import type { ShellCommand, ShellContext } from '../../command';
import { lastValue, readOptions } from '../options';
import { execute } from './exec';
import { containerStatus, sandboxStatus } from './inspect';
import { containerList, imageList, sandboxList } from './lists';
import { printLogs } from './logs';
import { byPrefix, containersOf, sandboxesOf } from './node-runtime';
import { CrictlError, noSuch } from './refusal';

const withInfo = 'crictl: info, mounts, resources and annotations are not simulated\n';

/** `crictl` of cri-tools: what the runtime of this node knows, whatever the API server says. */
export const crictl: ShellCommand = {
  *run(args, context) {
    const { scene, session, cluster, stderr } = context;
    const runtime = scene.pod ? undefined : cluster.runtimes.get(scene.kernel.host);
    if (!runtime) {
      stderr(session.notFound('crictl', true));
      return 127;
    }
    try {
      return yield* dispatch(args, runtime, context);
    } catch (problem) {
      if (!(problem instanceof CrictlError)) throw problem;
      stderr(`FATA[0000] ${problem.message}\n`);
      return 1;
    }
  },
};

function* dispatch(args: readonly string[], runtime: Runtime, context: ShellContext): Task<number> {
  const own = readOptions(args, {
    flags: ['D', 'debug', 'v', 'version'],
    withValue: ['r', 'runtime-endpoint', 'i', 'image-endpoint', 't', 'timeout', 'c', 'config'],
    stopAtOperand: true,
  });
  const [verb = '', ...rest] = own.operands;
  const { stdout, stderr } = context;
  switch (verb) {
    case 'ps':
      stdout(containerList(rest, runtime));
      return 0;
    case 'pods':
      stdout(sandboxList(rest, runtime));
      return 0;
    case 'images':
    case 'image':
    case 'img':
      stdout(imageList(rest, runtime));
      return 0;
    case 'version': {
      // crictl, version.go
      const [name, version] = containerRuntimeOf(runtime.node).split('://');
      const about = `Version:  0.1.0\nRuntimeName:  ${name ?? ''}\nRuntimeVersion:  v${version ?? ''}\n`;
      stdout(`${about}RuntimeApiVersion:  v1\n`);
      return 0;
    }
    case 'inspect':
      return inspect(rest, context, (prefix) => {
        const one = byPrefix(containersOf(runtime), prefix);
        if (one) return containerStatus(one, runtime);
        const failed = `getting the status of the container "${prefix}": get container status: `;
        throw new CrictlError(`${failed}${noSuch('container', prefix)}`);
      });
    case 'inspectp':
      return inspect(rest, context, (prefix) => {
        const one = byPrefix(sandboxesOf(runtime), prefix);
        if (one) return sandboxStatus(one, runtime);
        throw new CrictlError(`getting the pod sandbox status for "${prefix}": ${noSuch('sandbox', prefix)}`);
      });
    case 'logs':
      return yield* printLogs(rest, runtime, context);
    case 'exec':
      return yield* execute(rest, runtime, context);
    default:
      stderr(
        `crictl: ${verb === '' ? 'this' : `"${verb}"`} is not simulated; ps, pods, images, inspect, inspectp, logs and exec are\n`,
      );
      return 127;
  }
}

/** One status as it is, several as a list. Upstream: crictl, util.go `outputStatusData` */
function inspect(args: readonly string[], context: ShellContext, statusOf: (prefix: string) => object): number {
  const options = readOptions(args, { flags: ['q', 'quiet'], withValue: ['o', 'output'] });
  const output = lastValue(options, 'o', 'output') ?? 'json';
  if (options.unknown !== undefined || output !== 'json')
    throw new CrictlError('of the options of inspect, only -q and -o json are simulated');
  if (options.operands.length === 0) throw new CrictlError('an ID is needed');
  const found = options.operands.map((prefix) => ({ status: statusOf(prefix) }));
  context.stdout(`${JSON.stringify(found.length === 1 ? found[0] : found, undefined, 2)}\n`);
  if (!options.flags.has('q') && !options.flags.has('quiet')) context.stderr(withInfo);
  return 0;
}
