import { type ShellCommand, plain } from '../command';
import { hasFlag, readOptions } from './options';
import { joinLines } from './text';

/** `ipvsadm -Ln` and `ipset list`: the kernel's load balancer and its sets, to be looked at. */
export const ipvsTools: Readonly<Record<string, ShellCommand>> = {
  ipvsadm: plain((args, { scene, stdout, stderr }) => {
    const options = readOptions(args, { flags: ['L', 'l', 'n', 'list', 'numeric'] });
    const changes = args.some((word) => /^-[AEDCaedRSZt]/.test(word));
    if (changes) {
      stderr('ipvsadm: only ipvsadm -Ln is simulated\n');
      return 127;
    }
    if (args.length > 0 && !hasFlag(options, 'L', 'l', 'list')) {
      stderr('ipvsadm: only ipvsadm -Ln is simulated\n');
      return 127;
    }
    // ipvsadm.c `print_title`, `print_service_entry`. Connections are over as soon as they are made.
    stdout(
      'IP Virtual Server version 1.2.1 (size=4096)\nProt LocalAddress:Port Scheduler Flags\n' +
        '  -> RemoteAddress:Port           Forward Weight ActiveConn InActConn\n',
    );
    for (const { protocol, address, port, scheduler, persistentSeconds, backends } of scene.kernel.ipvs().servers) {
      const flags = persistentSeconds === undefined ? '' : ` persistent ${persistentSeconds}`;
      const rows = backends.map((one) => {
        const end = `${one.address}:${one.port}`.padEnd(28);
        return `  -> ${end} Masq    1      0          0         `;
      });
      stdout(joinLines([`${protocol.padEnd(4)} ${address}:${port} ${scheduler}${flags}`, ...rows]));
    }
    return 0;
  }),
  ipset: plain((args, { scene, stdout, stderr }) => {
    const [verb, wanted] = args.filter((word) => !word.startsWith('-'));
    if (verb !== 'list') {
      stderr(`ipset: only ipset list is simulated\n`);
      return 127;
    }
    const sets = scene.kernel.ipvs().sets.filter(({ name }) => wanted === undefined || name === wanted);
    if (wanted !== undefined && sets.length === 0) {
      stderr('ipset v7.17: The set with the given name does not exist\n');
      return 1;
    }
    if (args.includes('-n') || args.includes('-name')) stdout(joinLines(sets.map(({ name }) => name)));
    else
      stdout(
        sets
          .map(({ name, type, entries }) =>
            joinLines([
              `Name: ${name}`,
              `Type: ${type}`,
              `Number of entries: ${entries.length}`,
              'Members:',
              ...entries,
            ]),
          )
          .join('\n'),
      );
    return 0;
  }),
};
