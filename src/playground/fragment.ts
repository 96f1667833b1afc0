import type { Action } from './session/action';
import type { PlaygroundProps, Preset } from './state';

/** What a link may ask the playground for. It travels behind the `#`, so no server sees it. */
export interface Wish {
  readonly world?: string;
  /** A manifest of the menu, by its id. */
  readonly manifest?: string;
  /** A manifest that is not in the menu: its file name and its text. */
  readonly file?: string;
  readonly text?: string;
  /** Lines to type at the beginning; `@node1 …` types on a node. */
  readonly script?: string;
}

const fields = ['world', 'manifest', 'file', 'text', 'script'] as const;

/** `#world=vm-3&manifest=hostport` */
export function wishFragment(wish: Wish): string {
  const parameters = new URLSearchParams();
  for (const field of fields) if (wish[field] !== undefined) parameters.set(field, wish[field]);
  return `#${parameters.toString()}`;
}

/** Reads a fragment; anything in it that is no wish is left out. */
export function readWish(fragment: string): Wish {
  const parameters = new URLSearchParams(fragment.replace(/^#/, ''));
  return Object.fromEntries(fields.flatMap((field) => (parameters.has(field) ? [[field, parameters.get(field)]] : [])));
}

/** The playground's props with a wish fulfilled; wishes for what does not exist change nothing. */
export async function fulfil(props: PlaygroundProps, wish: Wish): Promise<PlaygroundProps> {
  const own: Preset[] =
    wish.text === undefined
      ? []
      : [{ id: 'linked', title: wish.file ?? 'linked.yaml', file: wish.file ?? 'linked.yaml', text: wish.text }];
  const presets = [...own, ...props.presets];
  const preset = own[0] ?? presets.find((entry) => entry.id === wish.manifest);
  const worlds = props.worlds.map((world) => world.name);
  const world = [wish.world, preset?.world].find((name) => name !== undefined && worlds.includes(name)) ?? props.world;
  return { ...props, presets, preset: preset?.id ?? props.preset, world, actions: await actionsOf(wish.script) };
}

async function actionsOf(script: string | undefined): Promise<Action[] | undefined> {
  if (script === undefined) return undefined;
  // The shell's grammar is for those who bring a script.
  const { statements } = await import('@/course/statements');
  return statements(script).map(({ place = 'client', text }) => ({ kind: 'run', place, line: text }));
}
