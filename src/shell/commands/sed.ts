import type { ShellCommand, ShellContext } from '../command';
import { readFile } from './input-files';
import { hasFlag, readOptions } from './options';
import { type Edited, edited } from './sed-run';
import { type Edit, parseScript } from './sed-script';

/** sed: substitution, deletion, printing, appending, labels and jumps, the hold space; addresses of all kinds. */
export const sed: ShellCommand = {
  *run(args, context) {
    const options = readOptions(args, { flags: ['n', 'E', 'r', 'i', 's', 'u'], withValue: ['e'] });
    const operands = [...options.operands];
    const scripts = options.values.get('e') ?? [operands.shift() ?? ''];
    let edits: Edit[];
    try {
      edits = parseScript(scripts.join('\n'), hasFlag(options, 'E', 'r') ? 'extended' : 'basic');
    } catch (problem) {
      const text = problem instanceof Error ? problem.message : 'char 0: unknown command';
      context.stderr(`sed: -e expression #1, ${text.startsWith('char') ? '' : 'char 0: '}${text}\n`);
      return 1;
    }
    const quiet = hasFlag(options, 'n');
    if (operands.length === 0) return told(edited(context.stdin, edits, quiet), context);
    return operands.reduce(
      (code, name) => Math.max(code, editFile(name, edits, quiet, hasFlag(options, 'i'), context)),
      0,
    );
  },
  incremental: (args) => !/[$nNDq]/.test(args.filter((word) => !word.startsWith('-')).join(' ')),
};

function told(result: Edited, { stdout, stderr }: ShellContext): number {
  stdout(result.text);
  if (result.endless) stderr('sed: stopped: the script goes round without an end\n');
  return result.code;
}

function editFile(
  name: string,
  edits: readonly Edit[],
  quiet: boolean,
  inPlace: boolean,
  context: ShellContext,
): number {
  const text = readFile(name, context);
  if (text === undefined) {
    context.stderr(`sed: can't read ${name}: No such file or directory\n`);
    return 2;
  }
  const result = edited(text, edits, quiet);
  if (!inPlace) return told(result, context);
  context.files.write(name, result.text);
  return result.code;
}
