import type { Container, EphemeralContainer, PodSpec } from '../../api/generated/core-v1';
import type { ObjectMeta } from '../../api/generated/meta-v1';

/** What a check looks at: a Pod, or the Pods a template would make. */
export interface PodUnderCheck {
  readonly metadata: Partial<ObjectMeta>;
  readonly spec: PodSpec;
}

/** Why a Pod is refused; `detail` stands in brackets behind `reason`. */
export interface Violation {
  readonly reason: string;
  readonly detail: string;
}

export type CheckRule = (pod: PodUnderCheck) => Violation | undefined;

/** One control of the Pod Security Standards, and how its rule changed from minor to minor. */
export interface Check {
  /** Checks of a level run in the order of their ids. */
  readonly id: string;
  readonly level: 'baseline' | 'restricted';
  /** Rules with the first minor (of v1) they hold for, oldest first. */
  readonly rules: readonly { readonly since: number; readonly rule: CheckRule }[];
  /** Baseline checks that this one makes superfluous. */
  readonly overrides?: readonly string[];
}

export type AnyContainer = Container | EphemeralContainer;

/** Init, regular, ephemeral. */
export function containersOf({ spec }: PodUnderCheck): AnyContainer[] {
  return [...(spec.initContainers ?? []), ...(spec.containers ?? []), ...(spec.ephemeralContainers ?? [])];
}

/** Names of the containers for which `test` holds. */
export function namesOf(pod: PodUnderCheck, test: (container: AnyContainer) => boolean): string[] {
  return containersOf(pod)
    .filter(test)
    .map(({ name }) => name);
}

/** `"a", "b"` */
export function quoted(names: readonly string[]): string {
  return names.map((name) => JSON.stringify(name)).join(', ');
}

/** The word that fits the count. */
export function plural(word: string, many: string, count: number): string {
  return count === 1 ? word : many;
}

/** `container "a"`, `containers "a", "b"` */
export function containersText(names: readonly string[]): string {
  return `${plural('container', 'containers', names.length)} ${quoted(names)}`;
}

/** `pod`, `container "a"`, `pod and containers "a", "b"` */
export function podAndContainers(pod: boolean, names: readonly string[]): string {
  return [...(pod ? ['pod'] : []), ...(names.length > 0 ? [containersText(names)] : [])].join(' and ');
}

/** Values without repetition, sorted by their bytes. */
export function sortedSet(values: readonly string[]): string[] {
  return [...new Set(values)].sort((a, b) => (a < b ? -1 : 1));
}

/** Since 1.25 the Linux rules of `restricted` leave Windows Pods alone. */
export function exceptWindows(rule: CheckRule): CheckRule {
  return (pod) => (pod.spec.os?.name === 'windows' ? undefined : rule(pod));
}
