import type { OpenFile } from './workspace';

/** The largest file that is opened, in bytes: an object in etcd may have 1.5 MB, a file several objects. */
export const largestFile = 5_000_000;

export type FileFault = 'large' | 'binary' | 'unreadable';

export interface ReadFiles {
  readonly files: readonly OpenFile[];
  readonly refused: readonly { readonly name: string; readonly fault: FileFault }[];
}

/** Reads files that were dropped, pasted or chosen. Those that are too large or no text are refused by name. */
export async function readFiles(list: Iterable<File>): Promise<ReadFiles> {
  const files: OpenFile[] = [];
  const refused: { name: string; fault: FileFault }[] = [];
  for (const file of list) {
    const result = await readOne(file);
    if (typeof result === 'string') refused.push({ name: file.name, fault: result });
    else files.push(result);
  }
  return { files, refused };
}

async function readOne(file: File): Promise<OpenFile | FileFault> {
  if (file.size > largestFile) return 'large';
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer());
    return text.includes('\0') ? 'binary' : { name: file.name, text: text.replace(/\r\n/g, '\n') };
  } catch (error) {
    // Bytes that are no UTF-8 are a TypeError of the decoder; anything else comes from the disk.
    return error instanceof TypeError ? 'binary' : 'unreadable';
  }
}
