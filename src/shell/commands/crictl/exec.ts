import type { ExecRequest } from '@/kubectl/command';
import { KubectlError } from '@/kubectl/errors';
import type { Task } from '@/kubernetes/clock/task';
import type { Runtime } from '@/kubernetes/runtime/runtime';
import type { ShellContext } from '../../command';
import { hasFlag, readOptions } from '../options';
import { byPrefix, containersOf } from './node-runtime';
import { CrictlError, noSuch } from './refusal';

/** `crictl exec [-it] CONTAINER COMMAND …`. Upstream: crictl, exec.go */
export function* execute(args: readonly string[], runtime: Runtime, context: ShellContext): Task<number> {
  const options = readOptions(args, {
    flags: ['i', 'interactive', 't', 'tty', 's', 'sync'],
    withValue: ['timeout'],
    stopAtOperand: true,
  });
  const [prefix = '', ...argv] = options.operands;
  const failed = 'execing command in container: ';
  const record = byPrefix(containersOf(runtime), prefix);
  if (!record) throw new CrictlError(`${failed}${noSuch('container', prefix)}`);
  if (record.state !== 'running')
    // containerd, internal/cri/server/container_execsync.go
    throw new CrictlError(
      `${failed}rpc error: code = Unknown desc = container is in CONTAINER_${record.state.toUpperCase()} state`,
    );
  if (!context.exec || argv.length === 0) throw new CrictlError(`${failed}a command is needed`);
  const code = yield* run(context.exec, {
    namespace: record.pod.namespace ?? 'default',
    pod: record.pod.name,
    container: record.name,
    argv,
    stdin: hasFlag(options, 'i', 'interactive') ? context.stdin : '',
    stdout: context.stdout,
    stderr: context.stderr,
  });
  if (code !== 0) throw new CrictlError(`${failed}command terminated with exit code ${code}`);
  return 0;
}

/** The runtime's own refusal comes as the kubelet hands it on to kubectl: in one wrapping more. */
function* run(exec: NonNullable<ShellContext['exec']>, request: ExecRequest): Task<number> {
  try {
    return yield* exec(request);
  } catch (problem) {
    if (!(problem instanceof KubectlError)) throw problem;
    throw new CrictlError(`execing command in container: ${problem.message.replace(/^Internal error occurred: /, '')}`);
  }
}
