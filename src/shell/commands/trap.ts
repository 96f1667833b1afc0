import type { ShellCommand } from '../command';

const numbers: Readonly<Record<string, string>> = { 0: 'EXIT', 1: 'HUP', 2: 'INT', 3: 'QUIT', 10: 'USR1', 15: 'TERM' };
const names = [...Object.values(numbers), 'USR2', 'CHLD', 'WINCH', 'PIPE', 'ALRM'];

/** `trap`: sets, shows or takes back what the shell does at a signal. Upstream: bash, builtins/trap.def. */
export const trap: ShellCommand = {
  builtin: true,
  *run(args, { session, stdout, stderr }) {
    const words = args[0] === '--' ? args.slice(1) : args;
    if (words.length === 0 || words[0] === '-p') {
      const prefix = session.shell === 'bash' ? 'SIG' : '';
      for (const [signal, action] of session.traps.all()) {
        const quoted = `'${action.replaceAll("'", `'\\''`)}'`;
        stdout(`trap -- ${quoted} ${signal === 'EXIT' ? '' : prefix}${signal}\n`);
      }
      return 0;
    }
    // One word alone, or a number first, names a signal that gets back what it does by itself.
    const resets = words[0] === '-' || words.length === 1 || /^\d+$/.test(words[0] ?? '');
    const [action, signals] = words[0] === '-' ? [undefined, words.slice(1)] : [words[0], words.slice(1)];
    let code = 0;
    for (const word of resets && words[0] !== '-' ? words : signals) {
      const signal = signalOf(word);
      if (signal !== undefined) session.traps.set(signal, resets ? undefined : action);
      else {
        stderr(`${session.shell}: trap: ${word}: invalid signal specification\n`);
        code = 1;
      }
    }
    return code;
  },
};

function signalOf(word: string): string | undefined {
  const name = numbers[word] ?? word.toUpperCase().replace(/^SIG/, '');
  return names.includes(name) ? name : undefined;
}
