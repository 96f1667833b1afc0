// Upstream: pkg/apis/core/validation/validation.go `validateHandler`, `validateProbe`, `validateLifecycle`
import { type FieldError, forbidden, invalid, type Path, required } from '../../../field-error';
import type {
  ExecAction,
  GRPCAction,
  HTTPGetAction,
  Lifecycle,
  Probe,
  SleepAction,
  TCPSocketAction,
} from '../../../generated/core-v1';
import { httpHeaderName } from '../../../meta/names';
import { validateNonNegative } from '../../../meta/object-meta';
import { validatePortNumberOrName } from './ports';
import { oneOf } from './supported';

/** What a probe does or a hook runs; exactly one of these. */
interface Handler {
  readonly exec?: ExecAction;
  readonly httpGet?: HTTPGetAction;
  readonly tcpSocket?: TCPSocketAction;
  readonly grpc?: GRPCAction;
  readonly sleep?: SleepAction;
}

type HandlerRule = (handler: Handler, path: Path, gracePeriod: number | undefined) => FieldError[];

/** In upstream's order; the first that is there is judged, every further one refused. */
const rules: readonly (readonly [keyof Handler, HandlerRule])[] = [
  ['exec', ({ exec }, path) => (exec?.command?.length ? [] : [required(path.child('command'))])],
  ['httpGet', ({ httpGet }, path) => (httpGet ? validateHttpGet(httpGet, path) : [])],
  ['tcpSocket', ({ tcpSocket }, path) => validatePortNumberOrName(tcpSocket?.port, path.child('port'))],
  ['grpc', ({ grpc }, path) => validatePortNumberOrName(grpc?.port, path.child('port'))],
  ['sleep', ({ sleep }, path, gracePeriod) => validateSleep(sleep?.seconds ?? 0, gracePeriod, path)],
];

function validateHandler(handler: Handler, gracePeriod: number | undefined, path: Path): FieldError[] {
  const given = rules.filter(([name]) => handler[name] !== undefined);
  if (given.length === 0) return [required(path, 'must specify a handler type')];
  return given.flatMap(([name, rule], i) =>
    i === 0
      ? rule(handler, path.child(name), gracePeriod)
      : [forbidden(path.child(name), 'may not specify more than 1 handler type')],
  );
}

function validateHttpGet({ path: target, port, scheme, httpHeaders }: HTTPGetAction, path: Path): FieldError[] {
  return [
    ...(target ? [] : [required(path.child('path'))]),
    ...validatePortNumberOrName(port, path.child('port')),
    ...oneOf(scheme, ['HTTP', 'HTTPS'], path.child('scheme')),
    ...(httpHeaders ?? []).flatMap(({ name }) =>
      httpHeaderName(name ?? '').map((message) => invalid(path.child('httpHeaders'), name ?? '', message)),
    ),
  ];
}

function validateSleep(seconds: number, gracePeriod: number | undefined, path: Path): FieldError[] {
  if (gracePeriod === undefined || (seconds >= 0 && seconds <= gracePeriod)) return [];
  const text = `must be non-negative and less than terminationGracePeriodSeconds (${gracePeriod})`;
  return [invalid(path, seconds, text)];
}

export type ProbeKind = 'livenessProbe' | 'readinessProbe' | 'startupProbe';

/** A probe must succeed once only, except for readiness; only readiness may not set its own grace period. */
export function validateProbe(
  probe: Probe | undefined,
  kind: ProbeKind,
  gracePeriod: number | undefined,
  path: Path,
): FieldError[] {
  if (!probe) return [];
  const errors = validateHandler(probe, gracePeriod, path);
  for (const field of [
    'initialDelaySeconds',
    'timeoutSeconds',
    'periodSeconds',
    'successThreshold',
    'failureThreshold',
  ] as const) {
    errors.push(...validateNonNegative(probe[field], path.child(field)));
  }
  const ownGrace = probe.terminationGracePeriodSeconds;
  const gracePath = path.child('terminationGracePeriodSeconds');
  if (ownGrace !== undefined && ownGrace <= 0) errors.push(invalid(gracePath, ownGrace, 'must be greater than 0'));
  if (kind === 'readinessProbe') {
    if (ownGrace !== undefined) errors.push(invalid(gracePath, ownGrace, 'must not be set for readinessProbes'));
  } else if (probe.successThreshold !== 1) {
    errors.push(invalid(path.child('successThreshold'), probe.successThreshold ?? 0, 'must be 1'));
  }
  return errors;
}

export function validateLifecycle(
  lifecycle: Lifecycle | undefined,
  gracePeriod: number | undefined,
  path: Path,
): FieldError[] {
  const { postStart, preStop } = lifecycle ?? {};
  return [
    ...(postStart ? validateHandler(postStart, gracePeriod, path.child('postStart')) : []),
    ...(preStop ? validateHandler(preStop, gracePeriod, path.child('preStop')) : []),
  ];
}
