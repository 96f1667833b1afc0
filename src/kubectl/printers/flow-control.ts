import type { FlowSchema, PriorityLevelConfiguration } from '@/kubernetes/api/generated/flowcontrol-v1';
import { type Column, ageColumn, column, nameColumn } from './column';

export const flowSchemas: readonly Column<FlowSchema>[] = [
  nameColumn(),
  column('PRIORITYLEVEL', ({ spec }) => spec?.priorityLevelConfiguration.name ?? ''),
  column('MATCHINGPRECEDENCE', ({ spec }) => String(spec?.matchingPrecedence ?? 0)),
  column('DISTINGUISHERMETHOD', ({ spec }) => spec?.distinguisherMethod?.type ?? '<none>'),
  ageColumn(),
  column('MISSINGPL', ({ status }) => status?.conditions?.find(({ type }) => type === 'Dangling')?.status ?? '?'),
];

export const priorityLevels: readonly Column<PriorityLevelConfiguration>[] = [
  nameColumn(),
  column('TYPE', ({ spec }) => spec?.type ?? ''),
  column('NOMINALCONCURRENCYSHARES', ({ spec }) => some(spec?.limited, (limited) => limited.nominalConcurrencyShares)),
  column('QUEUES', (level) => some(queuing(level), ({ queues }) => queues)),
  column('HANDSIZE', (level) => some(queuing(level), ({ handSize }) => handSize)),
  column('QUEUELENGTHLIMIT', (level) => some(queuing(level), ({ queueLengthLimit }) => queueLengthLimit)),
  ageColumn(),
];

const queuing = ({ spec }: PriorityLevelConfiguration) => spec?.limited?.limitResponse?.queuing;

function some<T>(value: T | undefined, number: (value: T) => number | undefined): string {
  return value === undefined ? '<none>' : String(number(value) ?? 0);
}
