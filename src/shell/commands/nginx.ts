import { programInside } from '@/kubernetes/runtime/programs/resolve';
import type { ShellCommand } from '../command';

/** `nginx -t`, `nginx -s reload` in a container: the image's own program, run once more beside the one that serves. */
export const nginx: ShellCommand = {
  *run(args, { scene, session, cluster, stdout, stderr }) {
    const running = cluster.runtimes.get(scene.kernel.host)?.processOf(scene.process?.container ?? '');
    const argv = ['nginx', ...args];
    const program = running && programInside(argv, running.image);
    if (!running || !program) {
      stderr(session.notFound('nginx', true));
      return 127;
    }
    return yield* program(
      running.inside(argv, (stream, text) => {
        if (stream === 'stderr') stderr(text);
        else stdout(text);
      }),
    );
  },
};
