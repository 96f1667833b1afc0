import { parseAwk } from '../awk/parser';
import { runAwk } from '../awk/run';
import { AwkProblem } from '../awk/syntax';
import type { ShellCommand } from '../command';
import { formatText } from './echo';
import { readSources } from './input-files';
import { lastValue, readOptions } from './options';
import { linesOf } from './text';

/** awk: patterns, fields, variables, arrays, `if`, `for`, `while`, `print`, `printf` and the usual functions. */
export const awk: ShellCommand = {
  *run(args, context) {
    const options = readOptions(args, { flags: [], withValue: ['F', 'v', 'f'], stopAtOperand: true });
    const [program, ...names] = options.operands;
    if (program === undefined) {
      context.stderr('usage: awk [-F fs][-v var=value][prog | -f progfile][file ...]\n');
      return 2;
    }
    const variables = new Map<string, string>();
    const separator = lastValue(options, 'F');
    if (separator !== undefined) variables.set('FS', separator === 't' || separator === '\\t' ? '\t' : separator);
    for (const word of options.values.get('v') ?? []) {
      const [name = '', ...value] = word.split('=');
      variables.set(name, value.join('='));
    }
    try {
      const rules = parseAwk(program);
      const reads = rules.some((rule) => rule.when !== 'BEGIN');
      const { sources, failed } = reads ? readSources('awk', names, context) : { sources: [], failed: false };
      const lines = sources.flatMap(({ text }) => linesOf(text));
      const code = runAwk(rules, { lines, variables, format: formatText, print: context.stdout });
      return failed ? 2 : code;
    } catch (problem) {
      if (!(problem instanceof AwkProblem)) throw problem;
      context.stderr(`awk: ${problem.message}\n`);
      return 2;
    }
  },
  incremental: (args) => !/\bEND\b/.test(args.join(' ')),
};
