import { bindingsPerSecond } from './scheduler';

// A process of its own, so that what it held at most is this row's, not that of the rows before.
const [nodes = 5000, pods = 10_000] = process.argv.slice(2).map(Number);
const perSecond = bindingsPerSecond(nodes, pods);
console.log(JSON.stringify({ perSecond, mostBytes: process.resourceUsage().maxRSS * 1024 }));
