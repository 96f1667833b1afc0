import { parse } from 'yaml';
import * as z from 'zod';
import type { Preset } from '@/playground/state';

const texts: Record<string, string> = import.meta.glob('/content/manifests/*.{yaml,yml}', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const menuSchema = z.array(z.strictObject({ file: z.string(), title: z.string(), world: z.string() }));

/** The manifests of the course by file name. Throws for a name that is not there: the page would promise too much. */
export function manifestText(file: string): string {
  const text = texts[`/content/manifests/${file}`];
  if (text === undefined) throw new Error(`content/manifests/${file} does not exist`);
  return text;
}

/** All manifests of the course, by the name that a terminal knows them under. */
export function manifestFiles(): Record<string, string> {
  return Object.fromEntries(readPresets().map((preset) => [preset.file, preset.text]));
}

/** The playground's menu, as content/manifests/menu.yaml orders it. */
export function readPresets(): Preset[] {
  const menu = menuSchema.parse(parse(manifestText('menu.yaml')));
  return menu.map(({ file, title, world }) => ({
    id: file.replace(/\.ya?ml$/, ''),
    title,
    file,
    text: manifestText(file),
    world,
  }));
}
