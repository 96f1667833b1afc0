import { expect, it } from 'vitest';
import { oneNode } from '../kubernetes/kubelet/play';
import { kubectlOn } from './run';

const hint = `All commands and output from this session will be recorded in container logs, including credentials and sensitive information passed through the command prompt.
If you don't see a command prompt, try pressing enter.
`;
const deleted = 'pod "t" deleted from default namespace\n';

function run(script: string, ...flags: string[]) {
  const container = ['--restart=Never', '--image=busybox:1.36', '--', 'sh', '-c', script];
  return kubectlOn(oneNode(), ['run', 't', '--rm', '-i', ...flags, ...container]);
}

// kubectl/pkg/cmd/run/run.go `Run`, attach.go `Run`
it('says what happens to what is typed, and how a Pod has failed', () => {
  expect(run('sleep 2; echo hi')).toEqual({ stdout: `hi\n${deleted}`, stderr: hint, code: 0 });
  expect(run('sleep 2; exit 3')).toEqual({
    stdout: deleted,
    stderr: `${hint}pod default/t terminated (Error)\n`,
    code: 3,
  });
  expect(run('echo hi', '-q')).toEqual({ stdout: 'hi\n', stderr: '', code: 0 });
});
