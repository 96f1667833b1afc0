// Upstream: pkg/apis/flowcontrol/validation/validation.go `ValidatePriorityLevelConfiguration`, pkg/apis/flowcontrol/v1/defaults.go
import { defineKind } from '../../define-kind';
import { type FieldError, forbidden, invalid, Path, required } from '../../field-error';
import type {
  LimitedPriorityLevelConfiguration,
  LimitResponse,
  PriorityLevelConfiguration,
  PriorityLevelConfigurationSpec,
  QueuingConfiguration,
} from '../../generated/flowcontrol-v1';
import { countGeneration } from '../../generation';
import { dns1123Subdomain, rangeText } from '../../meta/names';
import { oneOf } from '../../core/pod-spec/validation/supported';

const path = Path.of('spec');
const usualShares = 30;
const usualQueues = { handSize: 8, queues: 64, queueLengthLimit: 50 };
const mostQueues = 10_000_000;
const hashBits = 60;
const preserveZero = 'flowcontrol.k8s.io/v1beta3-preserve-zero-concurrency-shares';

export const priorityLevelConfiguration = defineKind<PriorityLevelConfiguration>({
  group: 'flowcontrol.apiserver.k8s.io',
  version: 'v1',
  kind: 'PriorityLevelConfiguration',
  namespaced: false,
  updates: ['whole'],
  name: dns1123Subdomain,
  setDefaults({ spec }) {
    const { exempt, limited } = spec ?? {};
    if (exempt) {
      exempt.nominalConcurrencyShares ??= 0;
      exempt.lendablePercent ??= 0;
    }
    if (!limited) return;
    limited.nominalConcurrencyShares ??= usualShares;
    limited.lendablePercent ??= 0;
    const { queuing } = limited.limitResponse ?? {};
    if (!queuing) return;
    for (const field of ['handSize', 'queues', 'queueLengthLimit'] as const) queuing[field] ||= usualQueues[field];
  },
  prepareForCreate(object) {
    object.metadata.generation = 1;
    object.status = {};
  },
  prepareForUpdate(object, old) {
    object.status = old.status;
    countGeneration(object, old);
  },
  validateContent({ metadata, spec = { type: '' } }) {
    const kept = metadata.annotations?.[preserveZero] !== undefined;
    return [
      ...(kept ? [forbidden(Path.of('metadata.annotations'), `annotation '${preserveZero}' is forbidden`)] : []),
      ...validateSpec(spec, metadata.name === 'exempt'),
    ];
  },
});

function validateSpec({ type = '', exempt, limited }: PriorityLevelConfigurationSpec, isExempt: boolean): FieldError[] {
  const errors: FieldError[] = [];
  const at = path.child('limited');
  if (isExempt !== (type === 'Exempt')) {
    errors.push(invalid(path.child('type'), type, "must be 'Exempt' if and only if `name` is 'exempt'"));
  }
  if (type === 'Exempt') {
    if (limited) errors.push(forbidden(at, 'must be nil if the type is not Limited'));
    return exempt ? [...errors, ...validateShares(exempt, path.child('exempt'))] : errors;
  }
  if (type !== 'Limited') return [...errors, ...oneOf(type, ['Exempt', 'Limited'], path.child('type'))];
  if (exempt) errors.push(forbidden(path.child('exempt'), 'must be nil if the type is Limited'));
  if (!limited) return [...errors, required(at, 'must not be empty when type is Limited')];
  return [...errors, ...validateLimited(limited, at)];
}

type Shares = Pick<LimitedPriorityLevelConfiguration, 'nominalConcurrencyShares' | 'lendablePercent'>;

function validateNominal({ nominalConcurrencyShares: shares = 0 }: Shares, at: Path): FieldError[] {
  return shares < 0 ? [invalid(at.child('nominalConcurrencyShares'), shares, 'must be a non-negative integer')] : [];
}

function validateLendable({ lendablePercent: percent = 0 }: Shares, at: Path): FieldError[] {
  return percent < 0 || percent > 100 ? [invalid(at.child('lendablePercent'), percent, rangeText(0, 100))] : [];
}

function validateShares(shares: Shares, at: Path): FieldError[] {
  return [...validateNominal(shares, at), ...validateLendable(shares, at)];
}

function validateLimited(limited: LimitedPriorityLevelConfiguration, at: Path): FieldError[] {
  const { limitResponse, borrowingLimitPercent: borrowed = 0 } = limited;
  const text = 'if specified, must be a non-negative integer';
  return [
    ...validateNominal(limited, at),
    ...validateResponse(limitResponse ?? { type: '' }, at.child('limitResponse')),
    ...validateLendable(limited, at),
    ...(borrowed < 0 ? [invalid(at.child('borrowingLimitPercent'), borrowed, text)] : []),
  ];
}

function validateResponse({ type = '', queuing }: LimitResponse, at: Path): FieldError[] {
  const where = at.child('queuing');
  if (type === 'Reject') {
    return queuing ? [forbidden(where, 'must be nil if limited.limitResponse.type is not Limited')] : [];
  }
  if (type !== 'Queue') return oneOf(type, ['Queue', 'Reject'], at.child('type'));
  if (queuing) return validateQueuing(queuing, where);
  return [required(where, 'must not be empty if limited.limitResponse.type is Limited')];
}

function validateQueuing(queuing: QueuingConfiguration, at: Path): FieldError[] {
  const { queueLengthLimit: length = 0, queues = 0, handSize = 0 } = queuing;
  const errors: FieldError[] = [];
  if (length <= 0) errors.push(invalid(at.child('queueLengthLimit'), length, 'must be positive'));
  if (queues <= 0) errors.push(invalid(at.child('queues'), queues, 'must be positive'));
  else if (queues > mostQueues) {
    errors.push(invalid(at.child('queues'), queues, `must not be greater than ${mostQueues}`));
  }
  const hand = at.child('handSize');
  const bits = Math.ceil(Math.log2(queues) * handSize);
  if (handSize <= 0) errors.push(invalid(hand, handSize, 'must be positive'));
  else if (handSize > queues) errors.push(invalid(hand, handSize, `should not be greater than queues (${queues})`));
  else if (bits > hashBits) {
    const sizes = `deckSize ${queues} and handSize ${handSize}`;
    errors.push(invalid(hand, handSize, `required entropy bits of ${sizes} should not be greater than ${hashBits}`));
  }
  return errors;
}
