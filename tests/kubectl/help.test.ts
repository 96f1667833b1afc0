import { beforeAll, describe, expect, it } from 'vitest';
import type { CommandDefinition } from '@/kubectl/command-tree';
import { groups } from '@/kubectl/commands';
import file from '@/kubectl/help/help-texts.json';
import { loadHelpTexts, mentionsHelp } from '@/kubectl/help/load';
import { cluster } from './run';

beforeAll(loadHelpTexts);

/** Every command that is listed, by its path. */
function paths(commands: readonly CommandDefinition[], before = ''): [string, CommandDefinition][] {
  return commands
    .filter((command) => !command.hidden)
    .flatMap((command) => {
      const path = `${before}${command.name}`;
      return [[path, command] as [string, CommandDefinition], ...paths(command.commands ?? [], `${path} `)];
    });
}

// kubectl/pkg/util/templates
describe('help', () => {
  const known: Readonly<Record<string, { readonly flags: object } | undefined>> = file.commands;

  it.each(paths(groups.flatMap(({ commands }) => commands)))(
    '%s has its texts, and its flags are these',
    (path, command) => {
      const shown = (command.flags ?? []).filter((flag) => !flag.hidden && flag.deprecated === undefined);
      const names = shown.map(({ name }) => name);
      expect(names).toEqual(expect.arrayContaining(Object.keys(known[path]?.flags ?? { 'no texts': 0 })));
    },
  );

  it('shows purpose, aliases, examples, flags with their defaults, and usage', () => {
    const { stdout } = cluster()('cordon --help'.split(' '));
    expect(stdout).toBe(`Mark node as unschedulable.

Examples:
  # Mark node "foo" as unschedulable
  kubectl cordon foo

Options:
    --dry-run='none':
	Must be "none", "server", or "client". If client strategy, only print the object that would be sent, without sending it. If server strategy, submit server-side request without persisting the resource.

    -l, --selector='':
	Selector (label query) to filter on, supports '=', '==', '!=', 'in', 'notin'.(e.g. -l key1=value1,key2=value2,key3 in (value3)). Matching objects must satisfy all of the specified label constraints.

Usage:
  kubectl cordon NODE [options]

Use "kubectl options" for a list of global command-line options (applies to all commands).
`);
  });

  it('is asked for by a word, too', () => {
    const run = cluster();
    expect(run('help create secret'.split(' '))).toEqual(run('create secret --help'.split(' ')));
    expect(run('help nope'.split(' ')).stderr).toMatch(/^Unknown help topic \[`nope`\]\n\n\nBasic Commands/);
    expect(run('options'.split(' ')).stdout).toContain('    --vmodule=:\n\tcomma-separated list');
    expect(run('options --nope'.split(' ')).stderr).toBe(
      "error: unknown flag: --nope\nRun 'kubectl options' without flags.\n",
    );
  });

  it('is loaded where it may be needed only', () => {
    const lines = [
      'kubectl get -h',
      'kubectl help get',
      'k options',
      'kubectl rollout',
      'kubectl config set a',
      'k create secret;',
    ];
    expect(lines.filter(mentionsHelp)).toEqual(lines);
    expect(
      ['kubectl get pods', 'kubectl rollout status deploy/web', 'kubectl set image x a=b'].filter(mentionsHelp),
    ).toEqual([]);
  });
});
