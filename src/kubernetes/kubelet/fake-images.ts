import type { Millis } from '../clock/clock';

/** What a container of the fake kubelet does after it has started. */
export interface FakeProgram {
  /** From Running to Ready; undefined = never. */
  readonly readyAfter?: Millis;
  /** Exits by itself so long after Running. */
  readonly exits?: { readonly after: Millis; readonly code: number };
  /** Takes the whole grace period to stop, and is killed. */
  readonly stubborn?: boolean;
}

const web: FakeProgram = { readyAfter: 0 };

const programs: Readonly<Record<string, FakeProgram>> = {
  web,
  slow: { readyAfter: 4000 },
  never: {},
  stubborn: { readyAfter: 0, stubborn: true },
};

/** The program of an image by its last path segment: `registry.example/work:exit-3`. Unknown images behave as `web`. */
export function fakeProgram(image: string): FakeProgram {
  const [, name = '', tag = ''] = /([^/:]+)(?::([^/]+))?$/.exec(image) ?? [];
  if (name !== 'work') return programs[name] ?? web;
  if (tag === 'ok') return { readyAfter: 0, exits: { after: 2000, code: 0 } };
  const exit = /^exit-(\d+)$/.exec(tag);
  return exit ? { readyAfter: 0, exits: { after: 1000, code: Number(exit[1]) } } : web;
}
