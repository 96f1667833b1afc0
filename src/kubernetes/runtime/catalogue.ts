import { parseImageName } from './image-name';
import type { ImageFile, ProgramFile, TagFile } from './image';
import { withApplets } from './programs/busybox';

/** An image as a container is made from it. */
export interface Image {
  /** `docker.io/library/nginx:1.25` */
  readonly reference: string;
  /** Undefined: nobody described it, so its containers only sleep, and say so. */
  readonly file: ImageFile | undefined;
  readonly size: number;
  readonly variables: Readonly<Record<string, string>>;
  readonly programs: Readonly<Record<string, ProgramFile>>;
  readonly tools: readonly string[];
}

/** The images that can be simulated, by reference. */
export class ImageCatalogue {
  private readonly byId = new Map<string, ImageFile>();

  constructor(private readonly files: readonly ImageFile[] = []) {
    for (const file of files) this.byId.set(file.id, file);
  }

  /**
   * The image of a reference. `overrides` is the world's own table from references to ids of image files. A tag
   * that a described repository has not is not there: undefined. An image nobody described is there, and sleeps.
   */
  find(reference: string, overrides: Readonly<Record<string, string>> = {}): Image | undefined {
    const name = parseImageName(reference);
    if (!name) return undefined;
    const forced = override(name.full, overrides);
    const file = forced
      ? this.byId.get(forced)
      : this.files.find((one) => one.repositories.some((pattern) => wildcard(pattern, name.repository) !== undefined));
    if (!file) return { reference: name.full, file: undefined, size: 0, variables: {}, programs: {}, tools: [] };
    let tag: { rule: TagFile; text: string } | undefined;
    for (const rule of file.tags ?? []) {
      const text = wildcard(rule.match, name.tag);
      if (text !== undefined && !tag) tag = { rule, text };
    }
    if (!tag && file.tags && !forced) return undefined;
    return {
      reference: name.full,
      file,
      size: tag?.rule.size ?? file.size ?? 0,
      variables: { tag: tag?.text ?? name.tag, ...file.variables, ...tag?.rule.variables },
      programs: { ...file.programs, ...tag?.rule.programs },
      tools: withApplets(tag?.rule.tools ?? file.tools ?? []),
    };
  }
}

function override(full: string, overrides: Readonly<Record<string, string>>): string | undefined {
  for (const [reference, id] of Object.entries(overrides)) {
    if (parseImageName(reference)?.full === full) return id;
  }
  return undefined;
}

/** What `*` stands for in `text` (the whole text when the pattern has none); undefined when it does not fit. */
function wildcard(pattern: string, text: string): string | undefined {
  const star = pattern.indexOf('*');
  if (star < 0) return pattern === text ? text : undefined;
  const head = pattern.slice(0, star);
  const tail = pattern.slice(star + 1);
  const fits = text.length >= head.length + tail.length && text.startsWith(head) && text.endsWith(tail);
  return fits ? text.slice(head.length, text.length - tail.length) : undefined;
}
