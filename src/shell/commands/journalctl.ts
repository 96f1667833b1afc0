import { calendar, months, two } from '@/kubernetes/clock/calendar';
import type { Decision } from '@/kubernetes/component';
import type { LogRecord } from '@/kubernetes/runtime/records';
import type { ShellCommand, ShellContext } from '../command';
import { duration } from './duration';
import { hasFlag, lastValue, readOptions } from './options';
import { type Service, processOf, serviceOf } from './services';

/** How often a journal that is followed is looked at, in milliseconds. */
const lookEvery = 1000;

/** A line of the journal: a decision of a component, or what the kubelet has logged itself. */
type Entry = Decision | LogRecord;

/**
 * `journalctl -u UNIT [-n N] [-f] [-r] [--since TIME]`: what the components of a service have decided, and the errors
 * that the kubelet logs, in the journal's form (systemd, src/shared/logs-show.c `output_short`). Other lines of the
 * programs' own are not simulated, which is said.
 */
export const journalctl: ShellCommand = {
  *run(args, context) {
    const { scene, session, stderr, cluster } = context;
    const options = readOptions(withCount(args), {
      flags: ['f', 'follow', 'r', 'reverse', 'x', 'e', 'q', 'no-pager', 'pager-end', 'catalog', 'quiet', 'no-hostname'],
      withValue: ['u', 'unit', 'n', 'lines', 'S', 'since', 'o', 'output'],
    });
    if (scene.pod) {
      stderr(session.notFound('journalctl', true));
      return 127;
    }
    const unit = lastValue(options, 'u', 'unit');
    if (options.unknown !== undefined || unit === undefined || lastValue(options, 'o', 'output') !== undefined) {
      stderr('journalctl: only journalctl -u SERVICE [-n N] [-f] [-r] [--since TIME] is simulated\n');
      return 127;
    }
    const service = serviceOf(unit, context);
    const since = sinceOf(lastValue(options, 'S', 'since'), context);
    if (since === 'unknown') {
      stderr(`Failed to parse timestamp: ${lastValue(options, 'S', 'since') ?? ''}\n`);
      return 1;
    }
    const kubelet = service?.name === 'kubelet';
    const entries = (): Entry[] => {
      const decided = cluster.decisions.filter((one) => service?.parts.includes(one.component) === true);
      const logged = kubelet ? (cluster.runtimes.get(scene.kernel.host)?.journal ?? []) : [];
      const from = since ?? -Infinity;
      return [...decided, ...logged].filter((one) => one.at >= from).sort((a, b) => a.at - b.at);
    };
    const follow = hasFlag(options, 'f', 'follow');
    const wanted = lastValue(options, 'n', 'lines') ?? (follow ? '10' : undefined);
    let all = entries();
    let seen = all.length;
    if (service && !hasFlag(options, 'q', 'quiet'))
      stderr(
        kubelet
          ? "-- of kubelet's own log only errors of Pods are simulated; the other lines are decisions it has recorded --\n"
          : `-- ${service.name}'s own log lines are not simulated; these are the decisions it has recorded --\n`,
      );
    if (wanted !== undefined && wanted !== 'all') all = Number(wanted) > 0 ? all.slice(-Number(wanted)) : [];
    if (hasFlag(options, 'r', 'reverse')) all = [...all].reverse();
    if (all.length === 0 && !follow) context.stdout('-- No entries --\n');
    for (const one of all) context.stdout(line(one, service, context));
    while (follow) {
      yield { until: cluster.clock.now + lookEvery };
      const now = entries();
      for (const one of now.slice(seen)) context.stdout(line(one, service, context));
      seen = now.length;
    }
    return 0;
  },
};

/** `-n` may stand without a number, and means ten then; `-50` is none of its options. */
function withCount(args: readonly string[]): string[] {
  return args.flatMap((word, index) => {
    const bare = (word === '-n' || word === '--lines') && !/^(\d+|all)$/.test(args[index + 1] ?? '');
    return bare ? [word, '10'] : [word];
  });
}

/** `Jan 05 09:00:12 node1 kubelet[1234]: …` */
function line(one: Entry, service: Service | undefined, context: ShellContext): string {
  const { clock } = context.cluster;
  const { month, day, hour, minute, second } = calendar(clock.epoch + one.at);
  const clockTime = `${two(hour)}:${two(minute)}:${two(second)}`;
  const time = `${months[month - 1] ?? ''} ${two(day)} ${clockTime}`;
  const process = service && processOf(service, context);
  const program = `${service?.name ?? ''}${process ? `[${process.pid}]` : ''}`;
  const head = `${time} ${context.scene.hostname} ${program}:`;
  if ('place' in one) {
    // k8s.io/klog/v2, internal/buffer `FormatHeader`: day, time to the microsecond, process, place.
    const fraction = String(one.at % 1000).padStart(3, '0');
    const stamp = `E${two(month)}${two(day)} ${clockTime}.${fraction}000 ${String(process?.pid ?? 1).padStart(7)}`;
    const values = Object.entries(one.values).map(([key, value]) => ` ${key}=${JSON.stringify(value)}`);
    return `${head} ${stamp} ${one.place}] ${JSON.stringify(one.message)}${values.join('')}\n`;
  }
  const facts = one.because.map((fact) => fact.text).join('; ');
  const { namespace, name } = one.subject;
  const subject = namespace ? `${namespace}/${name}` : name;
  return `${head} ${subject}: ${one.verdict}${facts ? ` (${facts})` : ''}\n`;
}

/** Virtual time of `--since`: `5 min ago`, `-5m`, `today`, `2026-01-05 09:00:00`. */
function sinceOf(text: string | undefined, { cluster: { clock } }: ShellContext): number | 'unknown' | undefined {
  if (text === undefined) return undefined;
  if (text === 'now') return clock.now;
  const { hour, minute, second, millisecond } = calendar(clock.epoch + clock.now);
  if (text === 'today') return clock.now - (((hour * 60 + minute) * 60 + second) * 1000 + millisecond);
  const [, sign, count, unit, ago] = /^(-?)(\d+) ?(s|m|h|d)[a-z]*( ago)?$/.exec(text) ?? [];
  const back = sign || ago ? duration(`${count ?? ''}${unit ?? ''}`) : undefined;
  if (back !== undefined) return clock.now - back;
  const [, date, time] = /^(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d(?::\d\d)?))?(?:Z| UTC)?$/.exec(text) ?? [];
  if (date === undefined) return 'unknown';
  const clockTime = time === undefined ? '00:00:00' : time.length === 5 ? `${time}:00` : time;
  return clock.parse(`${date}T${clockTime}Z`) ?? 'unknown';
}
