import { kubectl } from '@/kubectl/kubectl';
import type { ShellCommands } from '../command';
import { awk } from './awk';
import { base64 } from './base64';
import { curl } from './curl';
import { builtins } from './builtins';
import { echo, printf } from './echo';
import { fileCommands } from './files';
import { grep } from './grep';
import { ip } from './ip';
import { ip6tables, ip6tablesSave, iptables, iptablesSave } from './iptables';
import { lineTools } from './line-tools';
import { readlink } from './namespaces';
import { jq } from '../jq/load';
import { nc } from './nc';
import { rareTools } from './load-rare-tools';
import { machineFacts } from './machine-facts';
import { machineRoom } from './machines';
import { nested } from './nested';
import { netTools } from './net-tools';
import { netstat } from './netstat';
import { nginx } from './nginx';
import { nsenter } from './nsenter';
import { processFinders } from './pgrep';
import { ping } from './ping';
import { portHolders } from './port-holders';
import { resourceCommands } from '../resources/load';
import { sed } from './sed';
import { sequences } from './sequences';
import { servers } from './servers';
import { sharedMemory } from './shared-memory';
import { ss } from './ss';
import { system } from './system';
import { tellers } from './tellers';
import { test } from './test';
import { textTools } from './text-tools';
import { trap } from './trap';
import { unsimulated } from './unsimulated';
import { wget } from './wget';

/** Every command of the shell by name. */
export const commands: ShellCommands = {
  ...builtins,
  ...fileCommands,
  ...textTools,
  ...lineTools,
  ...nested,
  ...system,
  ...test,
  ...machineFacts,
  ...portHolders,
  ...unsimulated,
  ...resourceCommands,
  ...rareTools,
  jq,
  ...sequences,
  ...servers,
  ...machineRoom,
  ...sharedMemory,
  ...processFinders,
  ...netTools,
  curl,
  wget,
  ss,
  netstat,
  iptables,
  ip6tables,
  'iptables-nft': iptables,
  'ip6tables-nft': ip6tables,
  'iptables-save': iptablesSave,
  'ip6tables-save': ip6tablesSave,
  'iptables-nft-save': iptablesSave,
  nginx,
  nsenter,
  ip,
  ping,
  nc,
  netcat: nc,
  ...tellers(() => commands),
  base64,
  readlink,
  trap,
  echo,
  printf,
  grep,
  egrep: { ...grep, run: (args, context) => grep.run(['-E', ...args], context) },
  fgrep: { ...grep, run: (args, context) => grep.run(['-F', ...args], context) },
  sed,
  awk,
  kubectl: { run: kubectl },
  k: { run: kubectl },
};
