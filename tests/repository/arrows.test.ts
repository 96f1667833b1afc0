import { RuleTester } from 'eslint';
import { describe, it } from 'vitest';
import { arrows } from '../../scripts/eslint-arrows.mjs';

RuleTester.describe = describe;
RuleTester.it = it;

const tester = new RuleTester();
const wrong = [{ messageId: 'wrong' }];

tester.run('arrows', arrows, {
  valid: [
    { filename: '/repo/src/kubectl/kubectl.ts', code: "import '@/kubernetes/cluster';" },
    { filename: '/repo/src/kubectl/kubectl.ts', code: "import './commands/apply';" },
    { filename: '/repo/src/kubernetes/scheduler/queue.ts', code: "import '../api/object';" },
    { filename: '/repo/src/pages/play.ts', code: "import '@/playground/session';" },
    { filename: '/repo/src/cli/run.ts', code: "import { readFileSync } from 'node:fs';" },
  ],
  invalid: [
    { filename: '/repo/src/kubernetes/cluster.ts', code: "import '@/kubectl/kubectl';", errors: wrong },
    { filename: '/repo/src/kubernetes/cluster.ts', code: "import '../manifest/read';", errors: wrong },
    { filename: '/repo/src/manifest/read.ts', code: "import '@/kubernetes/api/object';", errors: wrong },
    { filename: '/repo/src/shell/session.ts', code: "export * from '@/playground/session';", errors: wrong },
    { filename: '/repo/src/cli/run.ts', code: "import '../components/Header.astro';", errors: wrong },
    { filename: '/repo/src/kubernetes/kubelet/kubelet.ts', code: "import '../scheduler/queue';", errors: wrong },
    { filename: '/repo/src/kubectl/kubectl.ts', code: "const x = import('@/shell/session');", errors: wrong },
  ],
});
