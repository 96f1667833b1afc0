import { MemoryFiles } from '@/course/memory-files';
import { simulate } from '@/course/simulation';
import type { Task } from '@/kubernetes/clock/task';
import type { Cluster } from '@/kubernetes/cluster';
import type { WorldFile } from '@/kubernetes/world';
import { type LineResult, runLine } from '@/shell/interpreter';
import { parsePlace } from '@/shell/place';
import { PlaceGone } from '@/shell/scene';
import { Session } from '@/shell/session';
import { type Drawn, nearestDraw } from './draws';
import { runAll } from './driver';
import { hadHostPort, hostPortsBefore } from './host-ports-before';
import { kubectlTimes } from './kubectl-time';
import { pairByCompany } from './mask-signatures';
import { ageSeconds, Masks } from './masks';
import type { RecordedStep, Recording, Replayer } from './recording';
import { sessionsWorld } from './sessions-world';

/** A session of tests/conformance/sessions. */
interface NodeSession extends Recording {
  readonly world: string;
  readonly files: Readonly<Record<string, string>>;
  readonly steps: readonly RecordedStep[];
}

/**
 * Plays the steps of a session at their times and places on the same world, and compares what they print. Where the lot
 * fell otherwise than in the recording, it is drawn again; the answer is the draw with the fewest steps that differ.
 */
export const replaySessions: Replayer = (recording, place) => {
  const wanted = recording as NodeSession; // the folder decides the shape
  const age = clusterAge(wanted.steps);
  const startTime = new Date(sessionDate(wanted.steps) - age).toISOString();
  const outputs = wanted.steps.map(({ stdout }) => stdout);
  const world = sessionsWorld(wanted.world, place, startTime, outputs);
  return nearestDraw((seed) => play(wanted, world, age, seed));
};

function play(wanted: NodeSession, world: WorldFile, age: number, seed: number): Drawn {
  // The first draw leaves what is drawn by lot at its mean: of all single outcomes the one that most others are near to.
  const cluster = simulate(seed === 1 ? { ...world, chance: 'fixed' } : world, seed);
  cluster.advanceTo(age);
  // Before each session the recorders deleted the events of the ones before (their world file says so).
  const client = cluster.client();
  for (const node of hostPortsBefore(wanted.steps))
    if (world.nodes.some(({ name }) => name === node)) hadHostPort(cluster, node);
  for (const { metadata } of client.list('events')) client.delete('events', metadata.namespace, metadata.name);
  const results = playSteps(cluster, wanted, age);
  // Addresses of Services are drawn by lot as those of Pods are handed out: the same network, the same pairs.
  const networks = [...world.nodes.map((node) => node.podCIDR ?? ''), world.serviceCIDR ?? ''];
  const masks = new Masks({ podNetworks: networks });
  // Rows are sorted by drawn names, so which of them is which shows only in what they do through the whole session.
  masks.assume(
    pairByCompany(
      wanted.steps.map(({ stdout }) => stdout),
      results.map((result) => result?.stdout ?? ''),
    ),
  );
  const byStep = wanted.steps.map((step, i) => compareStep(step, i, results[i], masks));
  const steps = wanted.steps.map((step, i) => {
    const { stdout = '', stderr = '', exitCode = -1 } = results[i] ?? {};
    return { t: step.t, place: step.place, command: step.command, stdout, stderr, exit_code: exitCode };
  });
  const differences = byStep.flat();
  const got = { id: wanted.id, world: wanted.world, steps };
  const outcome = { id: wanted.id, equal: differences.length === 0, got, differences };
  const wrong = byStep.filter((lines) => lines.length > 0).length;
  return { outcome, wrong, steps: steps.length, wrongSteps: wrong };
}

function compareStep(step: RecordedStep, i: number, got: LineResult | undefined, masks: Masks): string[] {
  const label = `step ${i + 1} (${step.t} s, ${step.place}, ${step.command})`;
  if (!got) return [`${label}: did not end`];
  const differences = [
    ...masks.compare(step.stdout, got.stdout).map((line) => `${label} stdout ${line}`),
    ...masks.compare(step.stderr, got.stderr).map((line) => `${label} stderr ${line}`),
  ];
  if (got.exitCode !== step.exit_code)
    differences.push(`${label} exit code: recorded ${step.exit_code}, got ${got.exitCode}`);
  return differences;
}

function playSteps(cluster: Cluster, { steps, files }: NodeSession, begin: number): (LineResult | undefined)[] {
  const sessions = new Map<string, Session>();
  const machines = cluster.world.machines.map((machine) => machine.name);
  const sessionAt = (place: string): Session => {
    const open = sessions.get(place);
    if (open) return open;
    const options = place === 'client' ? { files: new MemoryFiles(files), environment: { HOME: '/root' } } : {};
    const session = new Session(cluster, parsePlace(place, machines), options);
    sessions.set(place, session);
    return session;
  };
  function* run({ place, command }: RecordedStep): Task<LineResult> {
    try {
      return yield* runLine(sessionAt(place), command);
    } catch (problem) {
      if (!(problem instanceof PlaceGone)) throw problem;
      return { stdout: '', stderr: `${problem.message}\n`, exitCode: 1 };
    }
  }
  const leads = kubectlTimes(steps);
  const starts = steps.map((step, i) => {
    const lead = leads[i] ?? 0;
    return { at: begin + Math.round(step.t * 1000) + lead, lead, run: () => run(step) };
  });
  return runAll(cluster, starts, 'in turn').map((finished) => finished?.value);
}

/** How long the recorded cluster had been there: the age of its nodes, the Service kubernetes or its DNS, where a step shows one. */
function clusterAge(steps: readonly RecordedStep[]): number {
  for (const { stdout, t } of steps) {
    const row = /^NAME +STATUS +ROLES +AGE.*\n(?:.*\n)*?\S+ +\S+ +\S+ +(\w+) /m.exec(stdout)?.[1];
    const service = /^(?:service\/)?kubernetes .* (\w+)$/m.exec(stdout)?.[1];
    const dns = /^(?:deployment\.apps\/)?coredns +\S+ +\S+ +\S+ +(\w+)/m.exec(stdout)?.[1];
    const age = row ?? service ?? dns;
    if (age && /^\d+[smhdy]/.test(age)) return Math.max(40, ageSeconds(age) - Math.round(t)) * 1000;
  }
  return 60_000;
}

/** The date of a session's beginning, from the first time that a step prints. */
function sessionDate(steps: readonly RecordedStep[]): number {
  for (const { stdout, t } of steps) {
    const match =
      /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ|[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} [\d:]{8} (?:GMT|\+0000)/.exec(stdout);
    if (match) return Math.floor((Date.parse(match[0]) - t * 1000) / 1000) * 1000;
  }
  return Date.UTC(2026, 10, 21, 8, 0);
}
