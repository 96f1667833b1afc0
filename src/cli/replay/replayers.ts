import type { Recording, Replayer } from './recording';

/** A kind of recording: how to know one, and who replays it. Loaded when the first of its kind comes along. */
interface RecordingKind {
  readonly name: string;
  readonly fits: (recording: Recording) => boolean;
  readonly load: () => Promise<Replayer | undefined>;
}

// Recognised by shape (tests/conformance/README.md), because a file may lie anywhere.
export const recordingKinds: readonly RecordingKind[] = [
  { name: 'admission', fits: (one) => 'manifest' in one && 'response' in one, load: () => optional('admission') },
  { name: 'controllers', fits: (one) => 'steps' in one && 'timeline' in one, load: () => optional('controllers') },
  { name: 'sessions', fits: (one) => 'steps' in one && 'world' in one, load: () => optional('sessions') },
  { name: 'scheduling', fits: (one) => 'nodes' in one && 'result' in one, load: () => optional('scheduling') },
  { name: 'kubectl', fits: (one) => 'command' in one || 'steps' in one, load: () => optional('kubectl') },
];

const modules = import.meta.glob<Record<string, unknown>>('./*.ts');

async function optional(name: string): Promise<Replayer | undefined> {
  const module = await modules[`./${name}.ts`]?.();
  const found = module?.[`replay${name[0]?.toUpperCase()}${name.slice(1)}`];
  // A module of this folder exports under that name a Replayer and nothing else.
  return typeof found === 'function' ? (found as Replayer) : undefined;
}
