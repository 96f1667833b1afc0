import type { ShellCommand } from '../command';
import { lastValue, readOptions } from './options';

/**
 * `nsenter -t PID -n COMMAND`: the command in the network of a process. Other namespaces than the network's are not
 * gone into. Upstream: util-linux, sys-utils/nsenter.c.
 */
export const nsenter: ShellCommand = {
  *run(args, context) {
    const { scene, session, stderr } = context;
    const options = readOptions(args, {
      flags: [...'amuinpCUTFZ', 'all', 'net', 'mount', 'uts', 'ipc', 'pid', 'no-fork', 'preserve-credentials'],
      withValue: ['t', 'target'],
      stopAtOperand: true,
    });
    if (scene.pod) {
      stderr(session.notFound('nsenter', true));
      return 127;
    }
    const target = lastValue(options, 't', 'target');
    if (target === undefined) {
      stderr("nsenter: no target PID specified for --net\nTry 'nsenter --help' for more information.\n");
      return 1;
    }
    const process = scene.kernel.process(Number(target));
    if (!process && target !== '1') {
      stderr(`nsenter: cannot open /proc/${target}/ns/net: No such file or directory\n`);
      return 1;
    }
    const into = ['n', 'net', 'a', 'all'].some((flag) => options.flags.has(flag));
    const argv = options.operands.length > 0 ? options.operands : ['bash'];
    return yield* context.run(argv, undefined, into ? (process?.namespace ?? 'host') : undefined);
  },
};
