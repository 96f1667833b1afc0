import { cpus } from 'node:os';
import { check } from '@/checker/check';
import { courseImages } from '@/course/images';
import { playScript } from '@/course/play-script';
import { findScenario } from '@/course/scenarios';
import { findWorld } from '@/course/worlds';
import { printContest } from './check/main';
import { pageWeight } from './page-weight';
import { dayOfCrashLoops } from './long-time';
import { row, timings } from './measure';
import { rollOut } from './rollout';
import { bindingsPerSecond, cyclesPerSecond } from './scheduler';

const crashLoop = findScenario('s0-crash-loop');
const world = findWorld('one-node-cce');
const manifest = crashLoop?.files['nginx.yaml'];
if (!crashLoop || !world || !manifest) throw new Error('the scenario s0-crash-loop or its world is missing');

console.log(`Node ${process.version}, ${cpus()[0]?.model ?? 'unknown processor'}\n`);
console.log(`${''.padEnd(52)}${['median', 'p95', 'best', 'worst'].map((one) => one.padStart(11)).join('')}   target`);
const short =
  'kubectl apply -f nginx.yaml\nsleep 20\nkubectl scale deploy nginx --replicas=2\nsleep 46m\nkubectl get pod\n';
console.log(
  row(
    'S0: 46 virtual minutes, first to last line',
    timings(60, 30, () => playScript({ ...crashLoop, script: short, world })),
    '< 25 ms',
  ),
);
console.log(
  row(
    'the whole scenario: 67 virtual minutes',
    timings(40, 15, () => playScript({ ...crashLoop, world })),
  ),
);
console.log(
  row(
    'check of the S0 manifest: read, API server, advice',
    timings(400, 100, () => check(manifest, { world, forecast: 0 })),
    'p50 < 1 ms',
  ),
);
console.log(
  row(
    'the same with two minutes on the cluster',
    timings(200, 50, () => check(manifest, { world, images: courseImages() })),
    '',
  ),
);
console.log(
  row(
    'a day of virtual time with three crash loops',
    timings(5, 1, () => dayOfCrashLoops(world)),
    '< 200 ms',
  ),
);
console.log(
  row(
    '1,000 Pods rolled out on 100 nodes',
    timings(3, 1, () => rollOut(100, 1000)),
    '< 1,000 ms',
  ),
);
const perSecond = (value: number) => `${Math.round(value).toLocaleString('en')} per second`;
console.log('5,000 nodes, 10,000 Pods with host ports: cycles'.padEnd(52), perSecond(cyclesPerSecond(5000, 10_000)));
console.log('the same through the API server, with events'.padEnd(52), perSecond(bindingsPerSecond(5000, 10_000)));
console.log('');
for (const address of ['/', '/lessons/l02/', '/play/', '/check/']) {
  const weight = pageWeight('dist', address);
  const text = weight
    ? `${(weight.brotli / 1000).toFixed(1)} KB brotli in ${weight.files} files`
    : 'not built: run npm run build';
  console.log(`scripts of ${address} before a touch`.padEnd(52), text);
}
await printContest();
