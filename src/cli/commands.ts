import type { Host } from './host';
import { UsageError } from './usage-error';

/** A sub-command: its arguments and the host, to an exit code. */
export type CliCommand = (args: readonly string[], host: Host) => Promise<number>;

// Each command is loaded when it is called: `check` does not pay for the recordings' replayers.
const commands: Readonly<Record<string, () => Promise<CliCommand>>> = {
  check: async () => (await import('./check')).check,
  run: async () => (await import('./run')).run,
  export: async () => (await import('./export')).exportScenario,
  replay: async () => (await import('./replay/command')).replay,
};

const usage = `usage: portbound COMMAND

  check [FILE… | -] [--world NAME|FILE] [--kubernetes 1.36] [--pod-security LEVEL]
        [--format text|json|sarif|markdown] [--locale en|zh-cn] [--fix]
      what a cluster would say to a manifest; exit code 0 nothing wrong, 1 errors found, 2 bad usage or input;
      --fix first makes the edits that only one way is right for, in the files themselves
  run [--world NAME|FILE] [--scenario NAME] [--seed N] [--kubernetes 1.36] [--json] [SCRIPT | -]
      plays shell lines on a simulated cluster and prints the terminal; \`sleep 44m\` moves virtual time,
      \`@node1 ss -ltn\` runs a command on a node
  export SCENARIO --to kind DIR
      writes a scenario down for a real cluster: kind's configuration, manifests, a script, the expected output
  replay FILE|FOLDER… [--format text|jsonl]
      plays recordings of a real cluster against the simulated one
`;

/** The command line: dispatches, and turns every bad input into one line on stderr and exit code 2. */
export async function main(args: readonly string[], host: Host): Promise<number> {
  const [name = '', ...rest] = args;
  if (name === '' || name === 'help' || name === '--help' || name === '-h') {
    (name === '' ? host.stderr : host.stdout)(usage);
    return name === '' ? 2 : 0;
  }
  const load = commands[name];
  if (!load) {
    host.stderr(
      `portbound: unknown command ${JSON.stringify(name)}; the commands are ${Object.keys(commands).join(', ')}\n`,
    );
    return 2;
  }
  try {
    return await (
      await load()
    )(rest, host);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    host.stderr(`portbound ${name}: ${error.message}\n`);
    return 2;
  }
}
