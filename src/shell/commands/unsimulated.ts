import { type ShellCommand, plain } from '../command';

/** Commands that a curious reader types and that have no answer here, with what is not simulated and what may help. */
const reasons: Readonly<Record<string, string>> = {
  bc: '$(( … )) reckons with whole numbers, awk with others',
  dmesg: 'the messages of the kernel are not simulated',
  lsblk: 'disks are not simulated',
  man: 'type help for what is simulated; kubectl explain and kubectl COMMAND --help tell of Kubernetes',
  mount: 'mounts are not listed here; kubectl get pod -o yaml tells what is mounted into a container',
  strace: 'system calls are not simulated',
  tcpdump: 'packets cannot be captured here; curl -v, ss and iptables -L -v -n tell where they went',
  telnet: 'nc -v ADDRESS PORT and curl -v tell whether somebody listens',
  traceroute: 'the hops of a connection are shown beside the terminal, and by portbound run --json',
  top: 'the use of processors is not simulated; ps tells what runs, free how much memory is left',
};

/** One plain line each, and the exit code of a command that is not there. */
export const unsimulated: Readonly<Record<string, ShellCommand>> = Object.fromEntries(
  Object.entries(reasons).map(([name, reason]) => [
    name,
    plain((_args, { stderr }) => {
      stderr(`${name}: not simulated: ${reason}\n`);
      return 127;
    }),
  ]),
);
