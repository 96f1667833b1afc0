import { readFileSync } from 'node:fs';
import { bindingsPerSecond } from './scheduler';

// A process of its own, so that what it held at most is this row's, not that of the rows before.
const [nodes = 5000, pods = 10_000] = process.argv.slice(2).map(Number);
const perSecond = bindingsPerSecond(nodes, pods);
console.log(JSON.stringify({ perSecond, mostBytes: mostHeld() }));

/** Linux counts what the parent held at its fork into `maxRSS`; the peak of this program alone stands in its status. */
function mostHeld(): number {
  try {
    const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
    if (kilobytes !== undefined) return Number(kilobytes) * 1024;
  } catch {
    // Not Linux.
  }
  return process.resourceUsage().maxRSS * 1024;
}
