// Upstream: staging/src/k8s.io/pod-security-admission/api/helpers.go
import type { KubernetesVersion } from '../../api/kind';

/** How much of the host a Pod may reach for. */
export type Level = 'privileged' | 'baseline' | 'restricted';
/** What happens to a Pod beyond the level. */
export type Mode = 'enforce' | 'audit' | 'warn';

export const levels: readonly Level[] = ['privileged', 'baseline', 'restricted'];
export const modes: readonly Mode[] = ['enforce', 'audit', 'warn'];

/** A level of the standards as of a minor of v1; `latest` is the newest there is. */
export interface Policy {
  readonly level: Level;
  readonly minor: number | 'latest';
}

/** `baseline:v1.24` */
export function policyText({ level, minor }: Policy): string {
  return `${level}:${minor === 'latest' ? 'latest' : `v1.${minor}`}`;
}

const prefix = 'pod-security.kubernetes.io/';

/** The label of a namespace that says the level. */
export function levelLabel(mode: Mode): string {
  return prefix + mode;
}

/** The label of a namespace that says as of which minor. */
export function versionLabel(mode: Mode): string {
  return `${prefix}${mode}-version`;
}

/** Whether there is a level of that name. */
export function isLevel(text: string): text is Level {
  return levels.some((level) => level === text);
}

/** `latest`, `v1.24`; undefined where it is neither. */
export function parseVersion(text: string): Policy['minor'] | undefined {
  if (text === 'latest') return 'latest';
  const match = /^v1\.(0|[1-9]\d*)$/.exec(text);
  return match ? Number(match[1]) : undefined;
}

type Labels = { readonly [key: string]: string } | undefined;

function policyFor(mode: Mode, labels: Labels): Policy {
  const level = labels?.[levelLabel(mode)];
  const version = labels?.[versionLabel(mode)];
  return {
    level: level === undefined ? 'privileged' : isLevel(level) ? level : 'restricted',
    minor: version === undefined ? 'latest' : (parseVersion(version) ?? 'latest'),
  };
}

/** The three policies of a namespace. What is enforced is also warned of, where nothing else is said. */
export function policiesOf(labels: Labels): Readonly<Record<Mode, Policy>> {
  const enforce = policyFor('enforce', labels);
  const orEnforced = (mode: 'audit' | 'warn'): Policy => {
    const own = policyFor(mode, labels);
    return labels?.[levelLabel(mode)] === undefined && enforce.level !== 'privileged' ? enforce : own;
  };
  return { enforce, audit: orEnforced('audit'), warn: orEnforced('warn') };
}

/** The minor a policy's rules are those of, on a server of this version. */
export function effectiveMinor({ minor }: Policy, kubernetes: KubernetesVersion): number {
  const newest = Number(kubernetes.split('.')[1]);
  return minor === 'latest' ? newest : Math.min(minor, newest);
}
