import type { ShellCommand } from '../command';
import { bridge } from './bridge';
import { conntrack } from './conntrack';
import { crictl } from './crictl';
import { expr } from './expr';
import { ipvsTools } from './ipvs';
import { journalctl } from './journalctl';
import { od } from './od';

/** Tools that few lines name: a module of their own, fetched when one does. */
export const rareTools: Readonly<Record<string, ShellCommand>> = {
  bridge,
  conntrack,
  crictl,
  expr,
  journalctl,
  od,
  ...ipvsTools,
};
