import { execFileSync } from 'node:child_process';
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
import { curlAcrossNodes, natRules } from './network';
import { type CycleCost, cycleCost } from './scheduler';

const crashLoop = findScenario('s0-crash-loop');
const world = findWorld('one-node-cce');
const threeNodes = findWorld('vm-3');
const manifest = crashLoop?.files['nginx.yaml'];
if (!crashLoop || !world || !threeNodes || !manifest) throw new Error('a scenario or a world is missing');

console.log(`Node ${process.version}, ${cpus()[0]?.model ?? 'unknown processor'}\n`);
console.log(`${''.padEnd(52)}${['median', 'p95', 'best', 'worst'].map((one) => one.padStart(11)).join('')}   target`);
const short =
  'kubectl apply -f nginx.yaml\nsleep 20\nkubectl scale deploy nginx --replicas=2\nsleep 46m\nkubectl get pod\n';
const playS0 = () => playScript({ ...crashLoop, script: short, world });
console.log(row('S0: 46 virtual minutes, first to last line', timings(60, 30, playS0), '< 10 ms'));
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
console.log(row('curl from a node to a Pod on another', timings(2000, 500, curlAcrossNodes(threeNodes)), '< 0.2 ms'));
console.log(row('iptables -t nat -S with 1,000 Services', timings(60, 20, natRules(threeNodes, 1000)), '< 20 ms'));
const perSecond = (value: number) => `${Math.round(value).toLocaleString('en')} per second`;
cycleCost(500, 1000);
const few = cycleCost(500, 1000);
const many = cycleCost(5000, 10_000);
const growth = (of: keyof CycleCost) => `× ${(many[of] / few[of]).toFixed(2)}`;
console.log('5,000 nodes, 10,000 Pods with host ports: cycles'.padEnd(52), perSecond(1000 / many.milliseconds));
console.log(
  'cost of a Pod, 5,000 nodes against 500'.padEnd(52),
  `${growth('milliseconds')}, nodes examined ${growth('examined')} (${few.examined.toFixed(0)}, ${many.examined.toFixed(0)})`,
);
const told = execFileSync(process.execPath, [process.env.PORTBOUND_BENCH_ALONE ?? ''], { encoding: 'utf8' });
const bound: { perSecond: number; mostBytes: number } = JSON.parse(told);
const memory = Math.round(bound.mostBytes / 1e6);
console.log(
  'the same through the API server, with events'.padEnd(52),
  `${perSecond(bound.perSecond)}, ${memory} MB at most held by Node   ≥ 2,000 per second, < 500 MB`,
);
console.log('');
for (const address of ['/', '/lessons/l02/', '/play/', '/check/']) {
  const weight = pageWeight('dist', address);
  const text = weight
    ? `${(weight.brotli / 1000).toFixed(1)} KB brotli in ${weight.files} files`
    : 'not built: run npm run build';
  console.log(`scripts of ${address} before a touch`.padEnd(52), text);
}
await printContest();
// At the end, for nothing else shall be measured on code that so many runs have warmed.
console.log(`\n${row('S0 when V8 has compiled it all: after 2,000 runs', timings(200, 2000, playS0), '< 10 ms')}`);
