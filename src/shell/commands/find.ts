import { type ShellCommand, type ShellContext, plain } from '../command';
import { patternToRegExp } from '../language/glob';
import { baseName } from '../path';
import { BoundedRegExp } from '../language/bounded-regexp';

/** `find [FOLDER…] [-name PATTERN] [-iname PATTERN] [-path PATTERN] [-type f|d] [-maxdepth N]` */
export const find: ShellCommand = plain((args, context) => {
  const first = args.findIndex((word) => /^[-!(]/.test(word));
  const folders = first < 0 ? args : args.slice(0, first);
  const tests = first < 0 ? [] : args.slice(first);
  const wanted: ((path: string, folder: boolean) => boolean)[] = [];
  let deepest = Infinity;
  for (let i = 0; i < tests.length; i += 2) {
    const [test = '', value = ''] = [tests[i], tests[i + 1]];
    if (test === '-print') i--;
    else if (test === '-maxdepth') deepest = Number(value);
    else if (test === '-type') wanted.push((_path, folder) => folder === (value === 'd'));
    else if (test === '-name' || test === '-iname') {
      const pattern = new BoundedRegExp(patternToRegExp(value).source, test === '-iname' ? 'i' : '');
      wanted.push((path) => pattern.test(baseName(path)));
    } else if (test === '-path') {
      const pattern = patternToRegExp(value);
      wanted.push((path) => pattern.test(path));
    } else {
      context.stderr(`find: ${test}: not simulated; -name, -iname, -path, -type and -maxdepth are\n`);
      return 1;
    }
  }
  let code = 0;
  const visit = (path: string, depth: number) => {
    const { entries, folder, there } = look(path, context);
    if (!there) {
      context.stderr(`find: ‘${path}’: No such file or directory\n`);
      code = 1;
    } else if (wanted.every((test) => test(path, folder))) context.stdout(`${path}\n`);
    if (depth >= deepest) return;
    for (const entry of entries) visit(`${path.replace(/\/$/, '')}/${entry}`, depth + 1);
  };
  for (const folder of folders.length > 0 ? folders : ['.']) visit(folder, 0);
  return code;
});

function look(path: string, { files }: ShellContext): { entries: readonly string[]; folder: boolean; there: boolean } {
  const list = files.list(path);
  const folder = files.read(path) === undefined && list !== undefined;
  const entries = folder ? list.filter((entry) => entry !== '.keep') : [];
  return { entries, folder, there: folder || files.read(path) !== undefined };
}
