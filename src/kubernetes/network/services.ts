import type { Clock } from '../clock/clock';
import type { NodeFile, World } from '../world';
import { daemonApplication } from './daemon-answers';
import { type Daemon, daemonsOf } from './daemons';
import { HOST, type HostKernel } from './host';

/** Starts every daemon of a node's machine, as its boot does. */
export function startDaemons(kernel: HostKernel, node: NodeFile, world: World, clock: Clock): void {
  for (const daemon of daemonsOf(node, world)) startDaemon(kernel, daemon, clock, node.kubeProxy ?? world.kubeProxy);
}

/** `systemctl start`: the daemon's process and sockets appear. False: there is no such service. Does nothing to one that runs. */
export function startService(kernel: HostKernel, node: NodeFile, name: string, world: World, clock: Clock): boolean {
  const daemon = daemonsOf(node, world).find((candidate) => candidate.name === name);
  if (!daemon) return false;
  if (runningAs(kernel, name).length === 0) startDaemon(kernel, daemon, clock, node.kubeProxy ?? world.kubeProxy);
  return true;
}

/** `systemctl stop`: the daemon's process ends, its sockets close. False: it did not run. */
export function stopService(kernel: HostKernel, name: string): boolean {
  const running = runningAs(kernel, name);
  for (const process of running) kernel.exit(process.pid);
  return running.length > 0;
}

function runningAs(kernel: HostKernel, name: string) {
  return kernel.processes().filter(({ container, comm }) => container === undefined && comm === name.slice(0, 15));
}

function startDaemon(kernel: HostKernel, daemon: Daemon, clock: Clock, mode: World['kubeProxy']): void {
  const process = kernel.spawn({
    namespace: HOST,
    pidNamespace: HOST,
    command: daemon.command,
    comm: daemon.name.slice(0, 15),
    uid: 0,
    capabilities: ['NET_BIND_SERVICE', 'NET_ADMIN', 'NET_RAW', 'SYS_ADMIN'],
  });
  for (const { protocol, address, port, v6only } of daemon.listens) {
    kernel.listen(process.pid, {
      protocol,
      address,
      port,
      // A program that binds both families itself asks for IPv6 alone, or its second bind would fail.
      v6only:
        v6only ??
        (address === '::' && daemon.listens.some((other) => other.port === port && other.address === '0.0.0.0')),
      backlog: daemon.backlog,
      app: daemonApplication(daemon.name, port, clock, mode),
    });
  }
}
