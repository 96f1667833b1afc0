import { describe, expect, it } from 'vitest';
import { runLine } from '@/shell/interpreter';
import { Session } from '@/shell/session';
import type { Cluster } from '@/kubernetes/cluster';
import { oneNode, pod, run } from '../kubernetes/kubelet/play';

/** A script as a container's own command, deleted after 5 s: when it ended after that, its exit code and its log. */
function ending(script: string, grace = 30) {
  const cluster = oneNode();
  run(cluster, 'p', { image: 'busybox:1.36', command: ['sh', '-c', script] }, { terminationGracePeriodSeconds: grace });
  cluster.advance(5000);
  const uid = pod(cluster, 'p').metadata.uid;
  const record = () => cluster.runtimes.get('node1')?.podContainers(uid).at(-1);
  const id = record()?.id ?? '';
  const asked = cluster.clock.now;
  cluster.client().delete('pods', 'default', 'p');
  let last = record();
  for (let i = 0; i < 400 && last?.state === 'running'; i++) {
    cluster.advance(100);
    last = record() ?? last;
  }
  const log = cluster.runtimes
    .get('node1')
    ?.logs.get(id)
    ?.lines.map(({ text }) => text);
  return { after: Math.round(((last?.finishedAt ?? NaN) - asked) / 1000), code: last?.exitCode, log };
}

describe('trap in a container', () => {
  it('acts when the command that runs has ended', () => {
    expect(ending('trap "echo bye; exit 3" TERM; while true; do sleep 2; done')).toMatchObject({
      code: 3,
      log: ['bye'],
    });
    const { after } = ending('trap "exit 0" TERM; while true; do sleep 8; done');
    expect(after).toBeGreaterThan(1);
    expect(after).toBeLessThan(8);
  });

  it('ends a wait at once', () => {
    expect(ending('trap "echo bye; exit 0" SIGTERM; sleep 3600 & wait')).toEqual({ after: 0, code: 0, log: ['bye'] });
  });

  it('ignores a signal with an empty action, and the first process of a container does so anyway', () => {
    expect(ending('trap "" TERM; sleep 3600', 4)).toMatchObject({ after: 4, code: 137 });
    expect(ending('sleep 3600; echo', 4)).toMatchObject({ after: 4, code: 137 });
  });
});

describe('trap in a terminal', () => {
  const say = (cluster: Cluster, line: string) =>
    cluster.run(runLine(new Session(cluster, { kind: 'node', name: 'node1' }), line));

  it('runs what is set for the end of a script, shows it, and takes it back', () => {
    const cluster = oneNode();
    expect(say(cluster, `bash -c 'trap "echo end" EXIT; echo on; exit 4'`)).toMatchObject({
      stdout: 'on\nend\n',
      exitCode: 4,
    });
    expect(say(cluster, `trap "echo it's" TERM; trap; trap - TERM; trap`).stdout).toBe(
      `trap -- 'echo it'\\''s' SIGTERM\n`,
    );
    expect(say(cluster, 'trap x NOSUCH')).toMatchObject({
      stderr: 'bash: trap: NOSUCH: invalid signal specification\n',
      exitCode: 1,
    });
  });
});
