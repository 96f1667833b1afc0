// Upstream: pkg/api/pod/warnings.go `warningsForPodSpecAndMeta`
import { goQuote, Path } from '../../../field-error';
import type { PodSpec } from '../../../generated/core-v1';
import type { ObjectMeta } from '../../../generated/meta-v1';
import { addressWarnings } from '../../../meta/address-warnings';
import { fractionalByte, fractionalBytes } from '../../fractional-bytes';
import { containersOf, type ContainerAt } from '../validation/all-containers';
import { portWarnings } from './ports';
import { nodeChoiceWarnings, podAffinityWarnings } from './scheduling';
import { volumeWarnings } from './volumes';

const bytes = ['memory', 'ephemeral-storage'];

const deprecatedAnnotations: Readonly<Record<string, string>> = {
  'scheduler.alpha.kubernetes.io/critical-pod': 'non-functional in v1.16+; use the "priorityClassName" field instead',
  'security.alpha.kubernetes.io/sysctls': 'non-functional in v1.11+; use the "sysctls" field instead',
  'security.alpha.kubernetes.io/unsafe-sysctls': 'non-functional in v1.11+; use the "sysctls" field instead',
};
const seccompPod = 'seccomp.security.alpha.kubernetes.io/pod';
const seccompContainer = 'container.seccomp.security.alpha.kubernetes.io/';
const seccompText = 'non-functional in v1.27+; use the "seccompProfile" field instead';
export const appArmorPrefix = 'container.apparmor.security.beta.kubernetes.io/';
export const appArmorText = 'deprecated since v1.30; use the "appArmorProfile" field instead';

/** `owner`: path of what holds `metadata` and `spec`: the root for a Pod, `spec.template` for a Deployment. */
export function podSpecWarnings(spec: PodSpec, metadata: Partial<ObjectMeta>, owner: Path = Path.root): string[] {
  const path = owner.child('spec');
  const annotations = metadata.annotations ?? {};
  const annotationsPath = owner.child('metadata', 'annotations');
  const isTemplate = String(owner) !== '';
  const out = [
    ...nodeChoiceWarnings(spec, path),
    ...Object.entries(deprecatedAnnotations)
      .filter(([key]) => annotations[key] !== undefined)
      .map(([key, text]) => `${annotationsPath.key(key)}: ${text}`),
    ...volumeWarnings(spec.volumes ?? [], path.child('volumes')),
    ...repeatedWarnings(spec, path),
    ...bytes.flatMap((name) => fractionalByte(spec.overhead?.[name], path.child('overhead').key(name))),
  ];
  if (!spec.securityContext?.seccompProfile && annotations[seccompPod] !== undefined) {
    out.push(`${annotationsPath.key(seccompPod)}: ${seccompText}`);
  }
  for (const { container, at } of containersOf(spec, path)) {
    const { seccompProfile, appArmorProfile } = container.securityContext ?? {};
    const seccompKey = seccompContainer + container.name;
    if (!seccompProfile && annotations[seccompKey] !== undefined) {
      out.push(`${annotationsPath.key(seccompKey)}: ${seccompText}`);
    }
    const appArmorKey = appArmorPrefix + container.name;
    const hasField = spec.securityContext?.appArmorProfile ?? appArmorProfile;
    if (isTemplate && !hasField && annotations[appArmorKey] !== undefined) {
      out.push(`${annotationsPath.key(appArmorKey)}: ${appArmorText}`);
    }
    out.push(...fractionalBytes(container.resources ?? {}, at.child('resources'), bytes), ...hiddenEnv(container, at));
  }
  out.push(...portWarnings(spec, path));
  if ((spec.terminationGracePeriodSeconds ?? 0) < 0) {
    const text = 'must be >= 0; negative values are invalid and will be treated as 1';
    out.push(`${path.child('terminationGracePeriodSeconds')}: ${text}`);
  }
  if (spec.affinity) out.push(...podAffinityWarnings(spec.affinity, path.child('affinity')));
  out.push(...unusualAddresses(spec, path));
  return out;
}

function unusualAddresses({ dnsConfig, hostAliases = [] }: PodSpec, path: Path): string[] {
  const servers = path.child('dnsConfig', 'nameservers');
  const aliases = path.child('hostAliases');
  return [
    ...(dnsConfig?.nameservers ?? []).flatMap((server, i) => addressWarnings(servers.index(i), server)),
    ...hostAliases.flatMap(({ ip }, i) => addressWarnings(aliases.index(i).child('ip'), ip)),
  ];
}

function repeatedWarnings({ hostAliases = [], imagePullSecrets = [] }: PodSpec, path: Path): string[] {
  const repeats = (values: readonly string[], what: string, at: (i: number) => Path) =>
    values.flatMap((value, i) => (values.indexOf(value) < i ? [`${at(i)}: duplicate ${what} ${goQuote(value)}`] : []));
  const secrets = path.child('imagePullSecrets');
  return [
    ...repeats(
      hostAliases.map(({ ip }) => ip),
      'ip',
      (i) => path.child('hostAliases').index(i).child('ip'),
    ),
    ...repeats(
      imagePullSecrets.map(({ name }) => name ?? ''),
      'name',
      (i) => secrets.index(i).child('name'),
    ),
    ...imagePullSecrets.flatMap(({ name }, i) =>
      name ? [] : [`${secrets.index(i).child('name')}: invalid empty name ""`],
    ),
  ];
}

/** A variable set twice, unless the second builds on the first. */
function hiddenEnv({ env = [] }: ContainerAt['container'], path: Path): string[] {
  const seen = new Set<string>();
  return env.flatMap(({ name, value = '', valueFrom }, i) => {
    const reference = `$(${name})`;
    const hides = seen.has(name) && (valueFrom !== undefined || value === reference || !value.includes(reference));
    seen.add(name);
    const text = `hides previous definition of ${goQuote(name)}, which may be dropped when using apply`;
    return hides ? [`${path.child('env').index(i)}: ${text}`] : [];
  });
}
