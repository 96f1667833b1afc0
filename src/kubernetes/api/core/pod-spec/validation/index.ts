// Upstream: pkg/apis/core/validation/validation.go `ValidatePodSpec`
import { type FieldError, invalid, type Path, required } from '../../../field-error';
import type { PodSpec } from '../../../generated/core-v1';
import { complaints, validateLabels } from '../../../meta/labels';
import { dns1123Label, dns1123Subdomain, rangeText } from '../../../meta/names';
import { validateAffinity } from './affinity';
import { type Surroundings, validateContainers, validateInitContainers, validateRestartPolicy } from './containers';
import { validateDnsConfig, validateDnsPolicy, validateHostAliases } from './dns';
import { validateEphemeralContainers } from './ephemeral-containers';
import { validateReadinessGates, validateResourceClaims, validateSchedulingGates } from './gates';
import { validateHostNetworkPorts } from './host-ports';
import { validateHostnameOverride, validateHostUsers } from './host-users';
import type { PodSpecOptions } from './options';
import { validatePodResources, validateResources } from './resources';
import { validatePodSecurityContext } from './security-context';
import { optionalOneOf } from './supported';
import { validateTolerations } from './tolerations';
import { validateTopologySpread } from './topology-spread';
import { validateVolumes } from './volumes';
import { validateHostProcess, validateOs } from './windows';

const noClaims: ReadonlySet<string> = new Set();

/** Everything about the spec of a Pod or of a template, in upstream's order of evaluation. */
export function validatePodSpec(spec: PodSpec, path: Path, options: PodSpecOptions): FieldError[] {
  const { known: volumes, errors: volumeErrors } = validateVolumes(spec.volumes, path.child('volumes'), options);
  const claimNames = new Set((spec.resourceClaims ?? []).map(({ name }) => name).filter(Boolean));
  const around: Surroundings = { spec, volumes, claimNames, kubernetes: options.kubernetes };
  return [
    ...(spec.terminationGracePeriodSeconds === undefined
      ? [required(path.child('terminationGracePeriodSeconds'))]
      : []),
    ...volumeErrors,
    ...validateResourceClaims(spec.resourceClaims, path.child('resourceClaims')),
    ...validateContainers(around, path.child('containers')),
    ...validateInitContainers(around, path.child('initContainers')),
    ...validateEphemeralContainers(around, path.child('ephemeralContainers')),
    ...validatePodResources(spec, claimNames, path.child('resources')),
    ...validateHostNetworkPorts(spec, path, options.isPod),
    ...validateRestartPolicy(spec, path.child('restartPolicy')),
    ...validateDnsPolicy(spec, path.child('dnsPolicy')),
    ...validateLabels(spec.nodeSelector, path.child('nodeSelector')),
    ...validatePodSecurityContext(spec, path.child('securityContext')),
    ...validateAffinity(spec.affinity, path.child('affinity')),
    ...validateDnsConfig(spec, path.child('dnsConfig')),
    ...validateReadinessGates(spec.readinessGates, path.child('readinessGates')),
    ...validateSchedulingGates(spec.schedulingGates, path.child('schedulingGates')),
    ...validateTopologySpread(spec.topologySpreadConstraints, path.child('topologySpreadConstraints')),
    ...validateHostProcess(spec, path),
    ...validateHostUsers(spec, path),
    ...validateHostnameOverride(spec, path),
    ...validateNames(spec, path),
    ...validateTolerations(spec.tolerations, path.child('tolerations')),
    ...validateHostAliases(spec.hostAliases, path.child('hostAliases')),
    ...validateClasses(spec, path),
    ...validateOs(spec, path),
  ];
}

const maxInt32 = 2 ** 31 - 1;

function validateNames(spec: PodSpec, path: Path): FieldError[] {
  const { serviceAccountName, nodeName, activeDeadlineSeconds: deadline, hostname, subdomain } = spec;
  return [
    ...(serviceAccountName ? complaints(dns1123Subdomain, path.child('serviceAccountName'), serviceAccountName) : []),
    ...(nodeName ? complaints(dns1123Subdomain, path.child('nodeName'), nodeName) : []),
    ...(deadline !== undefined && (deadline < 1 || deadline > maxInt32)
      ? [invalid(path.child('activeDeadlineSeconds'), deadline, rangeText(1, maxInt32))]
      : []),
    ...(hostname ? complaints(dns1123Label, path.child('hostname'), hostname) : []),
    ...(subdomain ? complaints(dns1123Label, path.child('subdomain'), subdomain) : []),
  ];
}

function validateClasses(spec: PodSpec, path: Path): FieldError[] {
  const { priorityClassName, runtimeClassName, preemptionPolicy, overhead } = spec;
  return [
    ...(priorityClassName ? complaints(dns1123Subdomain, path.child('priorityClassName'), priorityClassName) : []),
    ...(runtimeClassName === undefined
      ? []
      : complaints(dns1123Subdomain, path.child('runtimeClassName'), runtimeClassName)),
    ...optionalOneOf(preemptionPolicy, ['PreemptLowerPriority', 'Never'], path.child('preemptionPolicy')),
    ...(overhead ? validateResources({ limits: overhead }, noClaims, path.child('overhead')) : []),
  ];
}
