import { parse } from 'yaml';
import type { WorldFile } from '@/kubernetes/world';
import { isListing, worldOfListing } from './import/world-of-listing';
import { worldSchema } from './world-schema';

const files: Record<string, string> = import.meta.glob('/content/worlds/*.yaml', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** The names of the worlds that come with the course, in the order of their file names. */
export const worldNames: readonly string[] = Object.keys(files).map((path) =>
  path.slice(path.lastIndexOf('/') + 1, -'.yaml'.length),
);

/** A world file that cannot be used, and why, in one line. */
export class WorldError extends Error {}

/**
 * Reads a world file, or what `kubectl get nodes,pods,services -A -o yaml` printed of a real cluster. Throws a WorldError
 * that names the first wrong field.
 */
export function readWorld(text: string, source: string): WorldFile {
  let value: unknown;
  try {
    value = parse(text, { merge: true });
  } catch (error) {
    throw new WorldError(`${source} is not YAML: ${firstLine(error)}`);
  }
  if (isListing(value)) {
    const world = worldOfListing(value, nameOf(source));
    if (!world) throw new WorldError(`${source} lists no node with an InternalIP: get nodes,pods -A -o yaml`);
    return world;
  }
  const result = worldSchema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const where = issue && issue.path.length > 0 ? `${issue.path.join('.')}: ` : '';
  throw new WorldError(`${source} is not a world: ${where}${issue?.message ?? 'unreadable'}`);
}

/** A world of the course by its name; undefined when there is none. */
export function findWorld(name: string): WorldFile | undefined {
  const text = files[`/content/worlds/${name}.yaml`];
  return text === undefined ? undefined : readWorld(text, `content/worlds/${name}.yaml`);
}

/** `clusters/prod.yaml` → `prod` */
function nameOf(source: string): string {
  const file = source.split(/[/\\]/).at(-1) ?? source;
  return file.replace(/\.(ya?ml|json)$/, '') || 'cluster';
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] ?? '';
}
