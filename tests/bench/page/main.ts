import { spawn } from 'node:child_process';
import { cpus, loadavg } from 'node:os';
import type { Browser } from 'playwright';
import { launch } from '../browser';
import { percentile, row } from '../measure';
import { apply } from './apply';
import { crowd } from './crowd';
import { keys } from './keys';
import { ready } from './ready';
import { type Drag, slider } from './slider';

const port = 4399;
const address = `http://127.0.0.1:${port}/play/`;
const wanted = process.argv.slice(2);
const isWanted = (name: string) => wanted.length === 0 || wanted.includes(name);

const server = spawn(process.execPath, ['scripts/serve.mjs', '--port', String(port)], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
const browser = await launch();
try {
  if (!browser) throw new Error('no Chromium here: npx playwright install chromium');
  await new Promise((resolve, reject) => {
    server.stdout.once('data', resolve);
    server.once('exit', () => reject(new Error('nothing is served')));
  });
  console.log(`Chromium ${browser.version()}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}`);
  console.log(
    `work that waits for a processor: ${loadavg()[0]?.toFixed(1)} (times of the wall mean little above ${cpus().length})`,
  );
  for (const rate of [1, 4]) await print(browser, rate);
} finally {
  await browser?.close();
  server.kill();
}

/** All figures at one speed of the processor. */
async function print(browser: Browser, rate: number): Promise<void> {
  const targets = rate === 1;
  const few = (count: number) => (targets ? count : Math.ceil(count / 3));
  console.log(`\n${targets ? 'as it is' : `processor slowed down ${rate} times, for comparison`}`);
  console.log(`${''.padEnd(52)}${['median', 'p95', 'best', 'worst'].map((one) => one.padStart(11)).join('')}   target`);
  const target = (text: string) => (targets ? text : '');
  if (isWanted('keys'))
    console.log(
      row(
        'script of a key in 200 lines, to its marks',
        await keys(browser, address, few(40), rate),
        target('p95 ≤ 16 ms'),
      ),
    );
  if (isWanted('apply'))
    console.log(
      row('script from Apply to painted tables, S0', await apply(browser, address, few(9), rate), target('≤ 50 ms')),
    );
  if (isWanted('ready')) {
    const { wall, work, painted } = await ready(browser, address, few(9), rate);
    console.log(row('text and picture painted, on the wall', painted));
    console.log(row('editor ready, on the wall', wall, target('≤ 1,000 ms')));
    console.log(row("editor ready, work of the page's thread", work));
  }
  if (isWanted('slider')) {
    const runs: Drag[] = [];
    for (let i = 0; i < few(3); i++) runs.push(await slider(browser, address, rate));
    const middle = (of: (one: Drag) => number) =>
      percentile(
        runs.map(of).sort((a, b) => a - b),
        0.5,
      );
    console.log(
      'slider dragged over 44 minutes'.padEnd(52),
      `${middle((one) => one.perSecond).toFixed(0)} frames/s, ${middle((one) => one.moments).toFixed(0)} moments/s, ${middle((one) => one.cost).toFixed(1)} ms of work a frame  `,
      target('≥ 30 frames/s'),
    );
  }
  if (isWanted('crowd'))
    for (const { title, longest } of await crowd(browser, address, rate))
      console.log(
        `longest tasks, 1,000 Pods on 100 nodes: ${title}`.padEnd(62),
        longest
          .map((one) => `${one.toFixed(0)} ms`)
          .join(', ')
          .padEnd(24),
        target('≤ 100 ms'),
      );
}
