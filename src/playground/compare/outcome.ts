import { Engine, editorPlace } from '../session/engine';
import type { View } from '../session/view';
import type { Fact, Section } from './diff';
import type { Pair, Side } from './flips';
import { sharedNames } from './names';

/** What both clusters of a pair say `at` virtual milliseconds after one manifest was applied to each. */
export function outcomes({ left, right }: Pair, file: string, seed: number, at: number): [Section[], Section[]] {
  const runs = [left, right].map((side) => play(side, file, seed, at));
  // Who answers is asked on both sides at every port that means something on either.
  const ports = [...new Set(runs.flatMap(({ view }) => portsOf(view)))].sort((a, b) => a - b);
  const [first, second] = runs.map((run) => sectionsOf(run, ports));
  return [first ?? [], second ?? []];
}

interface Run {
  readonly engine: Engine;
  readonly view: View;
  readonly answer: string;
}

function play(side: Side, file: string, seed: number, at: number): Run {
  const engine = new Engine(side.world, {}, seed);
  const { output } = engine.perform({ kind: 'apply', file, text: side.text });
  engine.perform({ kind: 'reach', at });
  const answer = output.map((part) => part.text).join('');
  return { engine, view: engine.view(), answer: answer.trim() };
}

function sectionsOf({ engine, view, answer }: Run, ports: readonly number[]): Section[] {
  const rooms = [
    ...view.picture.houses.flatMap((house) => house.rooms.map((room) => ({ room, node: house.name }))),
    ...view.picture.waiting.map((room) => ({ room, node: undefined })),
  ];
  const named = sharedNames(rooms.map(({ room }) => room.name));
  const fact = (key: string, value: string): Fact => ({ key: named(key), value: named(value) });
  return [
    { name: 'answer', facts: [fact('kubectl apply', answer)] },
    {
      name: 'pods',
      facts: rooms.map(({ room, node }) =>
        fact(
          room.name,
          [room.status, room.ready, node && `${node}`, room.ip, room.restarts > 0 && `RESTARTS ${room.restarts}`]
            .filter(Boolean)
            .join(' · '),
        ),
      ),
    },
    {
      name: 'sockets',
      facts: view.tables.sockets
        .filter((socket) => socket.pod !== undefined)
        .map((socket) =>
          fact(`${socket.node} ${socket.protocol} ${socket.local}`, `${socket.program} · ${socket.pod ?? ''}`),
        ),
    },
    {
      name: 'rules',
      facts: view.tables.rules.map((rule) =>
        fact(`${rule.node} ${rule.hostPort}`, `${rule.to} · ${rule.owner.replace(/^pod\//, '')}`),
      ),
    },
    { name: 'curl', facts: answersOf(engine, view, ports).map(({ key, value }) => fact(key, value)) },
    { name: 'events', facts: eventsOf(view).map(({ key, value }) => fact(key, value)) },
  ];
}

/** Ports at which a visitor may try: those of Pods' doors, of bells and of Services. */
function portsOf({ picture }: View): number[] {
  return picture.houses.flatMap((house) => [
    ...house.bells.map((bell) => bell.port),
    ...house.nodePorts.map(({ port }) => port),
    ...house.rooms.flatMap((room) => room.doors.map((door) => door.port)),
  ]);
}

/** Who answers on the nodes' addresses, from outside. The answer is curl's own. */
function answersOf(engine: Engine, view: View, ports: readonly number[]): Fact[] {
  return view.picture.houses.flatMap(({ address }) =>
    ports.map((port) => {
      const target = `${address}:${port}`;
      const line = `curl -sS -o /dev/null -m 2 -w 'HTTP %{http_code}' ${target}`;
      const { output, exitCode } = engine.perform({ kind: 'run', place: editorPlace, line });
      const said = output.filter(({ stream }) => stream === (exitCode === 0 ? 'stdout' : 'stderr'));
      // How many milliseconds a refusal took is no difference between two clusters.
      const text = said
        .map((part) => part.text)
        .join('')
        .trim();
      return { key: `curl ${target}`, value: text.replace(/ after \d+ ms/, '') };
    }),
  );
}

/** Events without their ages: TYPE REASON OBJECT → MESSAGE, each message once. */
function eventsOf({ tables: { events } }: View): Fact[] {
  const column = (name: string) => events.head.indexOf(name);
  const [type, reason, object, message] = [column('TYPE'), column('REASON'), column('OBJECT'), column('MESSAGE')];
  const facts = events.rows.map((row) => ({
    key: [row[type], row[reason], row[object]].join(' '),
    value: row[message] ?? '',
  }));
  return facts.filter((one, i) => facts.findIndex(({ key, value }) => key === one.key && value === one.value) === i);
}
