import type { ShellCommand } from '../command';
import { bridge } from './bridge';
import { conntrack } from './conntrack';
import { crictl } from './crictl';
import { ipvsTools } from './ipvs';
import { journalctl } from './journalctl';

/** Tools of nodes that few lines name: a module of their own, fetched when one does. */
export const rareTools: Readonly<Record<string, ShellCommand>> = {
  bridge,
  conntrack,
  crictl,
  journalctl,
  ...ipvsTools,
};
