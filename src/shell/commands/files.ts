import { type ShellCommand, type ShellContext, plain } from '../command';
import { baseName, resolvePath } from '../path';
import { hasFlag, readOptions } from './options';
import { readFile, readSources } from './input-files';
import { joinLines, linesOf } from './text';

/** Commands that read and move files. */
export const fileCommands: Readonly<Record<string, ShellCommand>> = {
  cat: {
    ...plain((args, context) => {
      const options = readOptions(args, { flags: ['n', 'A', 'e', 's', 'u'] });
      const { sources, failed } = readSources('cat', options.operands, context);
      for (const { text } of sources) {
        const shown = hasFlag(options, 'A', 'e')
          ? text.replace(/\n/g, '$\n').replace(/\t/g, hasFlag(options, 'A') ? '^I' : '\t')
          : text;
        context.stdout(hasFlag(options, 'n') ? numbered(shown) : shown);
      }
      return failed ? 1 : 0;
    }),
    incremental: (args) => args.length === 0,
  },
  tee: plain((args, context) => {
    const options = readOptions(args, { flags: ['a'] });
    const text = context.stdin;
    context.stdout(text);
    for (const name of options.operands) {
      context.files.write(name, hasFlag(options, 'a') ? (context.files.read(name) ?? '') + text : text);
    }
    return 0;
  }),
  ls: plain(list),
  touch: plain((args, { files, scene, session, stderr }) => {
    let code = 0;
    for (const name of args.filter((word) => !word.startsWith('-'))) {
      if (scene.readOnly?.(resolvePath(session.cwd, name))) {
        stderr(`touch: ${scene.busybox ? name : `cannot touch '${name}'`}: Read-only file system\n`);
        code = 1;
      } else files.write(name, files.read(name) ?? '');
    }
    return code;
  }),
  mkdir: plain((args, { files, stderr }) => {
    const options = readOptions(args, { flags: ['p'] });
    let code = 0;
    for (const name of options.operands) {
      if (files.list(name) === undefined && files.read(name) === undefined) files.write(`${name}/.keep`, '');
      else if (!hasFlag(options, 'p')) {
        stderr(`mkdir: cannot create directory ‘${name}’: File exists\n`);
        code = 1;
      }
    }
    return code;
  }),
  rm: plain((args, { files, stderr }) => {
    const options = readOptions(args, { flags: ['r', 'R', 'f', 'd', 'i', 'v'] });
    let code = 0;
    for (const name of options.operands) {
      const folder = files.read(name) === undefined && files.list(name) !== undefined;
      if (folder && !hasFlag(options, 'r', 'R')) {
        stderr(`rm: cannot remove '${name}': Is a directory\n`);
        code = 1;
      } else if (folder) {
        for (const path of filesBelow(files, name)) files.remove(path);
      } else if (!files.remove(name) && !hasFlag(options, 'f')) {
        stderr(`rm: cannot remove '${name}': No such file or directory\n`);
        code = 1;
      }
    }
    return code;
  }),
  rmdir: plain((args, { files, stderr }) => {
    let code = 0;
    for (const name of args.filter((word) => !word.startsWith('-'))) {
      const entries = files.list(name);
      const problem =
        entries === undefined
          ? files.read(name) === undefined
            ? 'No such file or directory'
            : 'Not a directory'
          : entries.some((entry) => entry !== '.keep')
            ? 'Directory not empty'
            : undefined;
      if (problem === undefined) files.remove(`${name}/.keep`);
      else {
        stderr(`rmdir: failed to remove '${name}': ${problem}\n`);
        code = 1;
      }
    }
    return code;
  }),
  // Who may do what with a file is not kept here.
  chmod: plain((args, { files, stderr }) => {
    const missing = args
      .filter((word) => !word.startsWith('-'))
      .slice(1)
      .filter((name) => files.read(name) === undefined && files.list(name) === undefined);
    for (const name of missing) stderr(`chmod: cannot access '${name}': No such file or directory\n`);
    return missing.length > 0 ? 1 : 0;
  }),
  mv: plain((args, context) => transfer('mv', args, context)),
  cp: plain((args, context) => transfer('cp', args, context)),
};

/** Every file in a folder and the folders in it. */
export function filesBelow(files: ShellContext['files'], folder: string): string[] {
  return (files.list(folder) ?? []).flatMap((entry) => {
    const path = `${folder.replace(/\/$/, '')}/${entry}`;
    return files.read(path) === undefined && files.list(path) !== undefined ? filesBelow(files, path) : [path];
  });
}

function transfer(command: 'mv' | 'cp', args: readonly string[], { files, stderr }: ShellContext): number {
  const { operands } = readOptions(args, { flags: ['r', 'R', 'f', 'a', 'p', 'v', 'i', 'n'] });
  const target = operands.at(-1);
  const names = operands.slice(0, -1);
  if (target === undefined || names.length === 0) {
    stderr(`${command}: missing file operand\nTry '${command} --help' for more information.\n`);
    return 1;
  }
  const folder = files.list(target) !== undefined || target.endsWith('/');
  let code = 0;
  for (const name of names) {
    const text = files.read(name);
    if (text === undefined) {
      stderr(`${command}: cannot stat '${name}': No such file or directory\n`);
      code = 1;
      continue;
    }
    const path = folder ? `${target.replace(/\/$/, '')}/${baseName(name)}` : target;
    const size = files.reserved?.(name);
    if (size === undefined) files.write(path, text);
    else files.reserve?.(path, size);
    if (command === 'mv') files.remove(name);
  }
  return code;
}

function list(args: readonly string[], context: ShellContext): number {
  const options = readOptions(args, { flags: ['l', 'a', 'A', '1', 'h', 't', 'r', 'd', 'F'] });
  const names = options.operands.length > 0 ? options.operands : ['.'];
  let code = 0;
  for (const name of names) {
    const entries = context.files.list(name);
    if (entries && hasFlag(options, 'd')) context.stdout(`${name}\n`);
    else if (entries) {
      if (names.length > 1) context.stdout(`${name}:\n`);
      const dots = hasFlag(options, 'a') ? ['.', '..'] : [];
      const shown = entries.filter((entry) => !entry.startsWith('.') || hasFlag(options, 'a', 'A'));
      context.stdout(joinLines([...dots, ...shown.filter((entry) => entry !== '.keep')]));
    } else if (readFile(name, context) !== undefined) context.stdout(`${name}\n`);
    else if (name !== '.') {
      const missing = context.scene.pod ? `ls: ${name}: ` : `ls: cannot access '${name}': `;
      context.stderr(`${missing}No such file or directory\n`);
      code = 2;
    }
  }
  return code;
}

function numbered(text: string): string {
  return joinLines(linesOf(text).map((line, index) => `${String(index + 1).padStart(6)}\t${line}`));
}
