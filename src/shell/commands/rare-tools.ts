import type { ShellCommand } from '../command';
import { bridge } from './bridge';
import { conntrack } from './conntrack';
import { crictl } from './crictl';
import { diff } from './diff';
import { expr } from './expr';
import { find } from './find';
import { ipvsTools } from './ipvs';
import { journalctl } from './journalctl';
import { dig, getent, host, nslookup } from './lookup';
import { nft } from './nft';
import { od } from './od';
import { systemctl } from './systemctl';

/** Tools that few lines name: a module of their own, fetched when one does. */
export const rareTools: Readonly<Record<string, ShellCommand>> = {
  bridge,
  conntrack,
  crictl,
  diff,
  dig,
  expr,
  find,
  getent,
  host,
  journalctl,
  nft,
  nslookup,
  od,
  systemctl,
  ...ipvsTools,
};
