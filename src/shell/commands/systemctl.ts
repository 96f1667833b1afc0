import { calendar, two, weekdays } from '@/kubernetes/clock/calendar';
import type { Millis } from '@/kubernetes/clock/clock';
import { type ShellCommand, type ShellContext, plain } from '../command';
import { type Service, processOf, serviceOf, startOf } from './services';
import { joinLines } from './text';

const verbs = ['status', 'is-active', 'is-enabled', 'start', 'stop', 'restart'];

/** `systemctl` of systemd, for the services of a node that are part of the cluster. */
export const systemctl: ShellCommand = plain((args, context) => {
  const { stdout, stderr, scene, session } = context;
  if (scene.pod) {
    stderr(session.notFound('systemctl', true));
    return 127;
  }
  const [verb = 'list-units', unit] = args.filter((word) => !word.startsWith('-'));
  if (!verbs.includes(verb)) {
    stderr(`systemctl: ${verb} is not simulated; ${verbs.slice(0, -1).join(', ')} and restart of a service are\n`);
    return 127;
  }
  if (unit === undefined) {
    if (verb === 'status') stderr('systemctl: status is simulated for one service only\n');
    else stderr('Too few arguments.\n');
    return verb === 'status' ? 127 : 1;
  }
  const service = serviceOf(unit, context);
  const name = unit.includes('.') ? unit : `${unit}.service`;
  if (!service) {
    // systemd, src/systemctl/systemctl-start-unit.c and systemctl-is-active.c; exit codes are those of LSB init scripts
    if (verb === 'is-active') stdout('inactive\n');
    else if (verb === 'is-enabled') stdout('not-found\n');
    else if (verb === 'status') stderr(`Unit ${name} could not be found.\n`);
    else if (verb === 'stop') stderr(`Failed to stop ${name}: Unit ${name} not loaded.\n`);
    else stderr(`Failed to ${verb} ${name}: Unit ${name} not found.\n`);
    return verb === 'start' || verb === 'stop' || verb === 'restart' ? 5 : 4;
  }
  switch (verb) {
    case 'status':
      return status(service, context);
    case 'is-active':
      stdout(processOf(service, context) ? 'active\n' : 'inactive\n');
      return processOf(service, context) ? 0 : 3;
    case 'is-enabled':
      stdout('enabled\n');
      return 0;
    default:
      return turn(verb, service, context);
  }
});

/** Starts and stops the daemon, and with it the components that it stands for. */
function turn(verb: string, { name, parts }: Service, { cluster, scene, stderr }: ShellContext): number {
  if (name === 'containerd') {
    stderr('Stopping containerd is not simulated.\n');
    return 1;
  }
  if (verb !== 'start') {
    cluster.network.stopService(scene.kernel.host, name);
    for (const part of parts) cluster.stop(part);
  }
  if (verb !== 'stop') {
    cluster.network.startService(scene.kernel.host, name);
    for (const part of parts) cluster.start(part);
  }
  return 0;
}

/** What is known of a service. Upstream: systemd, src/systemctl/systemctl-show.c `print_status_info` */
function status(service: Service, context: ShellContext): number {
  const { name, description, documentation } = service;
  const process = processOf(service, context);
  const unit = `${name}.service`;
  const { clock } = context.cluster;
  const start = process && startOf(process.pid, context);
  const since =
    start === undefined || start === -Infinity
      ? ''
      : ` since ${systemdTime(clock.epoch + start)}; ${agoText(clock.now - start)}`;
  context.stdout(
    joinLines([
      `${process ? '●' : '○'} ${unit} - ${description}`,
      `     Loaded: loaded (/usr/lib/systemd/system/${unit}; enabled; preset: enabled)`,
      `     Active: ${process ? 'active (running)' : 'inactive (dead)'}${since}`,
      `       Docs: ${documentation}`,
      ...(process ? [`   Main PID: ${process.pid} (${process.comm})`] : []),
      ...(process
        ? [`     CGroup: /system.slice/${unit}`, `             └─${process.pid} ${process.command.join(' ')}`]
        : []),
    ]),
  );
  return process ? 0 : 3;
}

/** `Mon 2026-01-05 09:00:12 UTC` of milliseconds since 1970. */
function systemdTime(epochMillis: number): string {
  const { year, month, day, hour, minute, second, weekday } = calendar(epochMillis);
  return `${weekdays[weekday] ?? ''} ${year}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}:${two(second)} UTC`;
}

/** `2min 5s ago`. Upstream: systemd, src/basic/time-util.c `format_timestamp_relative_full` */
function agoText(millis: Millis): string {
  const seconds = Math.floor(millis / 1000);
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const days = Math.floor(hours / 24);
  if (days >= 14) return `${Math.floor(days / 7)} weeks ${days % 7} days ago`;
  if (days >= 7) return `1 week ${days % 7} days ago`;
  if (days >= 2) return `${days} days ago`;
  if (hours >= 25) return `1 day ${hours - 24}h ago`;
  if (hours >= 6) return `${hours}h ago`;
  if (hours >= 1) return `${hours}h ${minutes % 60}min ago`;
  if (minutes >= 5) return `${minutes}min ago`;
  if (minutes >= 1) return `${minutes}min ${seconds % 60}s ago`;
  if (seconds >= 1) return `${seconds}s ago`;
  return millis > 0 ? `${Math.round(millis)}ms ago` : 'now';
}
