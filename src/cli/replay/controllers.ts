import { MemoryFiles } from '@/course/memory-files';
import type { Millis } from '@/kubernetes/clock/clock';
import type { Task } from '@/kubernetes/clock/task';
import { Cluster } from '@/kubernetes/cluster';
import { fakeKubelet, fakeKubeletName } from '@/kubernetes/kubelet/fake';
import type { WorldFile } from '@/kubernetes/world';
import { type LineResult, runLine } from '@/shell/interpreter';
import { parsePlace } from '@/shell/place';
import { Session } from '@/shell/session';
import { type Ages, agesOf } from './ages';
import { controllersWorld, nextNode } from './controllers-world';
import { type Drawn, draws, nearestDraw } from './draws';
import { type Finished, runAll } from './driver';
import { pairBySignature } from './mask-signatures';
import { Masks } from './masks';
import type { RecordedStep, Recording, Replayer } from './recording';
import { compareTimelines, Timeline, type TimelineEntry } from './timeline';

interface Step extends RecordedStep {
  /** How long the command ran, where that was over 0.9 s. */
  readonly seconds?: number;
}

/** A session of tests/conformance/controllers (its README has the meaning of every field). */
interface ControllerSession extends Recording {
  readonly world: string;
  readonly files: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
  readonly timeline: readonly TimelineEntry[];
  readonly minute_begins_at?: number;
  readonly varies?: readonly number[];
}

/** kube-controller-manager's `--node-monitor-period`, and where in it sessions begin that do not tell. */
const monitorPeriod = 5000;
const usualPhase = 2000;
/** A kubectl needs about so long until its first request is there. */
const commandTime = 100;
/** Where a recording tells nothing of its date. */
const someDate = Date.UTC(2026, 10, 21, 8, 10);

/**
 * Plays the steps of a session at their times and compares what they print and in which order the API is written. Where
 * the lot fell otherwise than in the recording, it is drawn again; the answer is the draw that comes nearest.
 */
export const replayControllers: Replayer = (recording, place) => {
  const wanted = recording as ControllerSession; // the folder decides the shape
  const text = place.world(wanted.world);
  if (text === undefined) throw new Error(`there is no world ${wanted.world}`);
  const ages = agesOf(wanted.steps);
  const world = controllersWorld(wanted.world, text, startTime(wanted, ages.nodes));
  return nearestDraw((seed) => play(wanted, world, ages, seed));
};

function play(wanted: ControllerSession, world: WorldFile, ages: Ages, seed: number): Drawn {
  const cluster = freshNodes(seed === 1 ? { ...world, chance: 'fixed' } : world, ages, phaseOf(wanted), seed);
  const begin = ages.nodes;
  const timeline = new Timeline(cluster, begin);
  const results = playSteps(cluster, world, wanted, begin);
  cluster.advanceTo(Math.max(cluster.clock.now, begin + endOf(wanted)));
  const byStep = compareSteps(wanted, world, results);
  const differences = [...byStep.flat(), ...compareTimelines(wanted.timeline, timeline.entries)];
  const steps = wanted.steps.map((step, i) => {
    const { stdout = '', stderr = '', exitCode = -1 } = results[i]?.value ?? {};
    return { t: step.t, place: step.place, command: step.command, stdout, stderr, exit_code: exitCode };
  });
  const got = { id: wanted.id, world: wanted.world, steps, timeline: timeline.entries };
  const outcome = { id: wanted.id, equal: differences.length === 0, got, differences };
  return {
    outcome,
    wrong: differences.length,
    steps: steps.length - (wanted.varies?.length ?? 0),
    wrongSteps: byStep.filter((lines) => lines.length > 0).length,
  };
}

/** A control plane that has been running, and nodes that joined it at time 0, `ages.nodes` before the session. */
function freshNodes(world: WorldFile, ages: Ages, firstPhase: Millis, seed: number): Cluster {
  const phase = firstPhase + Math.round(((seed - 1) * monitorPeriod) / draws);
  const late = (phase - ages.cluster) % monitorPeriod;
  const older = ages.cluster - ages.nodes + (late < 0 ? late + monitorPeriod : late);
  const cluster = new Cluster({ ...world, nodes: [] }, { seed, settled: older });
  world.nodes.forEach((node, index) => {
    cluster.add(fakeKubelet(cluster, node, index));
  });
  cluster.advanceTo(ages.nodes);
  clearObjects(cluster);
  return cluster;
}

/**
 * Where in the period of the node monitor the session began. It is not stated, but what the monitor says of nodes it
 * says when it looks at them.
 */
function phaseOf({ timeline }: ControllerSession): Millis {
  const said = timeline.find(
    ({ kind, type, summary }) => kind === 'Event' && type === 'ADDED' && ofMonitor.test(summary),
  );
  return said ? Math.round(said.t * 1000) % monitorPeriod : usualPhase;
}

const ofMonitor = /^Node\/\S+ Normal (?:RegisteredNode|RemovingNode|NodeNotReady) node-controller: /;

/** A session began without objects; neither the nodes' events nor the API server's endpoints were an exception. */
function clearObjects(cluster: Cluster): void {
  const client = cluster.client();
  for (const resource of ['events', 'endpointslices.discovery.k8s.io', 'endpoints'] as const) {
    for (const { metadata } of client.list(resource)) client.delete(resource, metadata.namespace, metadata.name);
  }
}

/** The recorder watched on for a moment after the last command. */
function endOf({ timeline }: ControllerSession): number {
  return Math.round(1000 * (timeline.at(-1)?.t ?? 0)) + 100;
}

/**
 * The date of virtual time 0, so much before the session begins, so that seconds, minutes and the names of CronJobs' Jobs fall as they did. A
 * recording does not state its date, but an event's name carries nanoseconds since 1970: the event was recorded then or
 * a little later, so that the latest of all beginnings is the nearest.
 */
function startTime({ timeline, minute_begins_at: minute }: ControllerSession, before: Millis): string {
  const beginnings = timeline.flatMap(({ kind, type, name, t }) => {
    const nanos = kind === 'Event' && type === 'ADDED' ? eventTime.exec(name)?.[1] : undefined;
    return nanos === undefined ? [] : [Number(BigInt(`0x${nanos}`) / 1_000_000n) - Math.round(t * 1000)];
  });
  const date = beginnings.length > 0 ? Math.max(...beginnings) : someDate - Math.round((minute ?? 0) * 1000);
  return new Date(date - before).toISOString();
}

const eventTime = /\.([0-9a-f]{16})$/;

function playSteps(
  cluster: Cluster,
  world: WorldFile,
  { steps, files }: ControllerSession,
  begin: Millis,
): Finished<LineResult>[] {
  const session = new Session(cluster, parsePlace('client', ['client']), {
    files: new MemoryFiles(files),
    environment: { HOME: '/root' },
  });
  const starts = steps.map((step) => ({
    at: begin + Math.round(step.t * 1000) + (step.place === 'client' ? commandTime : 0),
    run: () => (step.place === 'client' ? runLine(session, step.command) : outside(cluster, world, step)),
  }));
  return runAll(cluster, starts);
}

/** What the recorder itself did to machines: a kubelet's service, a new node. */
function* outside(cluster: Cluster, world: WorldFile, { place, command }: Step): Task<LineResult> {
  const [verb, noun = ''] = command.split(' ').slice(place === 'world' ? 0 : 1);
  if (place === 'world') cluster.add(fakeKubelet(cluster, nextNode(world, noun), world.nodes.length));
  else if (verb === 'stop') cluster.stop(fakeKubeletName(place));
  else cluster.start(fakeKubeletName(place));
  return { stdout: '', stderr: '', exitCode: 0 };
}

/** What differs, step by step. */
function compareSteps(
  wanted: ControllerSession,
  world: WorldFile,
  results: readonly Finished<LineResult>[],
): string[][] {
  const joined = wanted.steps.flatMap(({ place, command }) =>
    place === 'world' ? nextNode(world, command.split(' ')[1] ?? '') : [],
  );
  const masks = new Masks({ podNetworks: [...world.nodes, ...joined].map((node) => node.podCIDR ?? '') });
  const skipped = new Set(wanted.varies ?? []);
  const judged = wanted.steps.map((step, i) => (skipped.has(i) ? '' : step.stdout));
  const answers = wanted.steps.map((_, i) => (skipped.has(i) ? '' : (results[i]?.value.stdout ?? '')));
  masks.assume(pairBySignature(judged, answers));
  return wanted.steps.map((step, i) => {
    const got = results[i]?.value;
    if (skipped.has(i)) return [];
    const label = `step ${i + 1} (${step.t} s, ${step.command})`;
    if (!got) return [`${label}: did not end`];
    const out = masks.compare(step.stdout, got.stdout).map((line) => `${label} stdout ${line}`);
    out.push(...masks.compare(step.stderr, got.stderr).map((line) => `${label} stderr ${line}`));
    if (got.exitCode !== step.exit_code)
      out.push(`${label} exit code: recorded ${step.exit_code}, got ${got.exitCode}`);
    return out;
  });
}
