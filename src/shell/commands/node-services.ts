import type { Container, ContainerStatus } from '@/kubernetes/api/generated/core-v1';
import { controllerNames } from '@/kubernetes/controllers';
import { type ShellCommand, type ShellContext, plain } from '../command';

/** Commands that look after a node's own services and containers. */
export const nodeServices: Readonly<Record<string, ShellCommand>> = {
  systemctl: plain((args, context) => {
    const [verb = '', unit = ''] = args.filter((word) => !word.startsWith('-'));
    const name = unit.replace(/\.service$/, '');
    const { cluster, scene, stdout, stderr } = context;
    const host = scene.kernel.host;
    const node = cluster.world.nodes.find((one) => one.name === host);
    const parts = node && partsOf(name, host, node.roles?.includes('control-plane') ?? false);
    if (!parts) {
      stderr(`Unit ${name}.service could not be found.\n`);
      return 4;
    }
    const running = scene.kernel
      .processes()
      .some((process) => process.comm === name.slice(0, 15) && process.container === undefined);
    switch (verb) {
      case 'status':
        stdout(
          `● ${name}.service\n     Loaded: loaded (/usr/lib/systemd/system/${name}.service; enabled)\n     Active: ${running ? 'active (running)' : 'inactive (dead)'}\n`,
        );
        return running ? 0 : 3;
      case 'is-active':
        stdout(running ? 'active\n' : 'inactive\n');
        return running ? 0 : 3;
      case 'stop':
      case 'start':
      case 'restart':
        if (name === 'containerd') {
          stderr('Stopping containerd is not simulated.\n');
          return 1;
        }
        if (verb !== 'start') {
          cluster.network.stopService(host, name);
          for (const part of parts) cluster.stop(part);
        }
        if (verb !== 'stop') {
          cluster.network.startService(host, name);
          for (const part of parts) cluster.start(part);
        }
        return 0;
      default:
        stderr(`Unknown command verb ${verb}.\n`);
        return 1;
    }
  }),
  journalctl: plain((args, context) => {
    const unit = args[args.indexOf('-u') + 1] ?? '';
    const component = componentOf(unit.replace(/\.service$/, ''), context.scene.kernel.host);
    const lines = context.cluster.decisions.filter((decision) => decision.component === component);
    for (const decision of lines) {
      const facts = decision.because.map((fact) => fact.text).join('; ');
      const time = context.cluster.clock.timestamp(decision.at);
      context.stdout(`${time} ${context.scene.hostname} ${unit}: ${decision.verdict}${facts ? ` (${facts})` : ''}\n`);
    }
    if (lines.length === 0) context.stdout('-- No entries --\n');
    return 0;
  }),
  crictl: plain((args, context) => {
    const words = args.filter((word) => !word.startsWith('-'));
    switch (words[0]) {
      case 'ps':
        return listContainers(context, args.includes('-a'));
      case 'pods':
        return listSandboxes(context);
      default:
        context.stderr(`crictl: "${words[0] ?? ''}" is not simulated: crictl ps [-a] and crictl pods are\n`);
        return 1;
    }
  }),
};

/**
 * The components that a service of a node is made of; undefined where there is no such service. A control plane's own
 * programs are services of its machine here, as in a cluster that was set up by hand.
 */
function partsOf(name: string, host: string, control: boolean): readonly string[] | undefined {
  if (['kubelet', 'kube-proxy', 'containerd'].includes(name)) return [componentOf(name, host)];
  if (control && name === 'kube-scheduler') return [name];
  if (control && name === 'kube-controller-manager') return controllerNames;
  return undefined;
}

/** Names of components carry the node; the kubelet of node1 is `kubelet/node1`. */
function componentOf(name: string, host: string): string {
  return `${name}/${host}`;
}

function podsHere({ cluster, scene }: ShellContext) {
  return cluster.store.list('pods').filter((pod) => pod.spec?.nodeName === scene.kernel.host);
}

function listContainers(context: ShellContext, all: boolean): number {
  const rows = [['CONTAINER', 'IMAGE', 'STATE', 'NAME', 'ATTEMPT', 'POD']];
  for (const pod of podsHere(context)) {
    for (const status of pod.status?.containerStatuses ?? []) {
      const running = status.state?.running !== undefined;
      if ((!running && !all) || !status.containerID) continue;
      rows.push([
        shortId(status),
        imageOf(pod.spec?.containers, status),
        running ? 'Running' : 'Exited',
        status.name,
        String(status.restartCount),
        pod.metadata.name,
      ]);
    }
  }
  printTable(rows, context);
  return 0;
}

function listSandboxes(context: ShellContext): number {
  const rows = [['STATE', 'NAME', 'NAMESPACE', 'IP']];
  for (const pod of podsHere(context)) {
    rows.push([
      'Ready',
      pod.metadata.name,
      pod.metadata.namespace ?? '',
      pod.spec?.hostNetwork ? '(host network)' : (pod.status?.podIP ?? ''),
    ]);
  }
  printTable(rows, context);
  return 0;
}

function shortId(status: ContainerStatus): string {
  return (status.containerID ?? '').replace(/^.*:\/\//, '').slice(0, 13);
}

function imageOf(containers: readonly Container[] | undefined, status: ContainerStatus): string {
  return containers?.find((container) => container.name === status.name)?.image ?? status.image;
}

function printTable(rows: readonly (readonly string[])[], context: ShellContext): void {
  const widths = (rows[0] ?? []).map((_cell, i) => Math.max(...rows.map((row) => (row[i] ?? '').length)) + 3);
  for (const row of rows)
    context.stdout(
      `${row
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('')
        .trimEnd()}\n`,
    );
}
