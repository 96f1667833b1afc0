import { findWorld } from '@/course/worlds';
import type { Attempt } from '@/playground/picture/Visitor';
import type { House } from '@/playground/picture/model';
import { Engine } from '@/playground/session/engine';

/** One position of the switch on the home page, and what the engine made of it. */
export interface Variant {
  readonly id: 'neither' | 'hostPort' | 'hostNetwork';
  /** What the switch says. */
  readonly label: string;
  readonly manifest: string;
  /** The part of the manifest that the page shows: the Pod's spec. */
  readonly shown: string;
  /** The lines of `shown` that this variant is about, counted from 0. */
  readonly marked: readonly number[];
  readonly house: House;
  readonly podIp: string;
  readonly nodeIp: string;
  readonly attempts: readonly Attempt[];
  /** Local addresses that listen on the node, of those tried. */
  readonly listening: readonly string[];
}

/** The cluster of the home page. */
export const variantWorld = 'vm-3';
const ports = [80, 8080];

function manifest(extra: readonly string[], port: readonly string[]): string {
  return [
    'apiVersion: v1',
    'kind: Pod',
    'metadata:',
    '  name: web',
    'spec:',
    ...extra,
    '  containers:',
    '  - name: web',
    '    image: nginx:1.25',
    '    ports:',
    '    - containerPort: 80',
    ...port,
    '',
  ].join('\n');
}

const drafts = [
  { id: 'neither', label: '', manifest: manifest([], []) },
  { id: 'hostPort', label: 'hostPort: 8080', manifest: manifest([], ['      hostPort: 8080']) },
  { id: 'hostNetwork', label: 'hostNetwork: true', manifest: manifest(['  hostNetwork: true'], []) },
] as const;

/** Plays the three manifests on a real cluster of the engine, and asks it what the page then says. */
export function computeVariants(): Variant[] {
  return drafts.map((draft) => {
    const engine = startedWith(draft.manifest);
    const { picture } = engine.view();
    const house = picture.houses.find((entry) => entry.rooms.length > 0);
    const room = house?.rooms[0];
    if (!house || room?.status !== 'Running') throw new Error(`home page: Pod web does not run with ${draft.id}`);
    return {
      ...draft,
      shown: specOf(draft.manifest),
      marked: specOf(draft.manifest)
        .split('\n')
        .flatMap((line, i) => (draft.label && line.trim() === draft.label ? [i] : [])),
      house,
      podIp: room.ip ?? '',
      nodeIp: house.address,
      attempts: ports.map((port) => ({ port, answered: answers(engine, `${house.address}:${port}`) })),
      listening: ports.flatMap((port) => listeners(engine, house.name, port)),
    };
  });
}

function specOf(text: string): string {
  return text.slice(text.indexOf('spec:')).trimEnd();
}

function startedWith(text: string): Engine {
  const file = findWorld(variantWorld);
  if (!file) throw new Error(`world ${variantWorld} does not exist`);
  const engine = new Engine(file);
  engine.perform({ kind: 'apply', file: 'web.yaml', text });
  engine.perform({ kind: 'advance', by: 20_000 });
  return engine;
}

/** Whether curl got an answer; it may only fail because the connection was refused. */
function answers(engine: Engine, target: string): boolean {
  const { exitCode } = engine.perform({ kind: 'run', place: 'client', line: `curl -s ${target}` });
  if (exitCode !== 0 && exitCode !== 7) throw new Error(`home page: curl ${target} ended with exit code ${exitCode}`);
  return exitCode === 0;
}

function listeners(engine: Engine, node: string, port: number): string[] {
  const line = `ss -Hltn 'sport = :${port}'`;
  const { output } = engine.perform({ kind: 'run', place: node, line });
  return output.flatMap(({ text }) => [...text.matchAll(/(\S+:\d+)\s+\S+:\*/g)].map((match) => match[1] ?? ''));
}
