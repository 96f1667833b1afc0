import type { Host } from './host';
import { UsageError } from './usage-error';

/** A sub-command: its arguments and the host, to an exit code. */
export type CliCommand = (args: readonly string[], host: Host) => Promise<number>;

interface Entry {
  /** What follows `portbound`, and what it does. */
  readonly usage: string;
  /** Each command is loaded when it is called: `check` does not pay for the recordings' replayers. */
  readonly load: () => Promise<CliCommand>;
}

const commands: Readonly<Record<string, Entry>> = {
  check: {
    usage: `check [FILE… | -] [--world NAME|FILE] [--kubernetes 1.36] [--pod-security LEVEL]
        [--format text|json|sarif|markdown] [--locale en|zh-cn] [--fix]
      what a cluster would say to a manifest; exit code 0 nothing wrong, 1 errors found, 2 bad usage or input;
      --fix first makes the edits that only one way is right for, in the files themselves`,
    load: async () => (await import('./check')).check,
  },
  run: {
    usage: `run [--world NAME|FILE] [--scenario NAME] [--seed N] [--kubernetes 1.36] [--json] [SCRIPT | -]
      plays shell lines on a simulated cluster and prints the terminal; \`sleep 44m\` moves virtual time,
      \`@node1 ss -ltn\` runs a command on a node`,
    load: async () => (await import('./run')).run,
  },
  export: {
    usage: `export SCENARIO --to kind DIR
      writes a scenario down for a real cluster: kind's configuration, manifests, a script, the expected output`,
    load: async () => (await import('./export')).exportScenario,
  },
  replay: {
    usage: `replay FILE|FOLDER… [--format text|jsonl]
      plays recordings of a real cluster against the simulated one`,
    load: async () => (await import('./replay/command')).replay,
  },
};

const usage = `usage: portbound COMMAND

${Object.values(commands)
  .map((command) => `  ${command.usage}\n`)
  .join('')}`;

const asksForHelp = (word: string) => word === '--help' || word === '-h';

/** The command line: dispatches, and turns every bad input into one line on stderr and exit code 2. */
export async function main(args: readonly string[], host: Host): Promise<number> {
  const [name = '', ...rest] = args[0] === 'help' ? [args[1] ?? '--help', '--help'] : args;
  if (name === '' || asksForHelp(name)) {
    (name === '' ? host.stderr : host.stdout)(usage);
    return name === '' ? 2 : 0;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) {
    host.stderr(
      `portbound: unknown command ${JSON.stringify(name)}; the commands are ${Object.keys(commands).join(', ')}\n`,
    );
    return 2;
  }
  if (rest.some(asksForHelp)) {
    host.stdout(`usage: portbound ${command.usage}\n`);
    return 0;
  }
  try {
    const run = await command.load();
    return await run(rest, host);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    host.stderr(`portbound ${name}: ${error.message}\n`);
    return 2;
  }
}
