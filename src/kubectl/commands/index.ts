import type { CommandDefinition } from '../command-tree';
import { apply } from './apply';
import { remove } from './delete';
import { describe } from './describe';
import { get } from './get';
import { scale } from './scale';

/** Commands that stand together in `kubectl --help`. Upstream: kubectl/pkg/cmd/cmd.go `NewKubectlCommand`. */
export interface CommandGroup {
  readonly title: string;
  readonly commands: readonly CommandDefinition[];
}

export const groups: readonly CommandGroup[] = [
  { title: 'Basic Commands (Intermediate):', commands: [get, remove] },
  { title: 'Deploy Commands:', commands: [scale] },
  { title: 'Troubleshooting and Debugging Commands:', commands: [describe] },
  { title: 'Advanced Commands:', commands: [apply] },
];
