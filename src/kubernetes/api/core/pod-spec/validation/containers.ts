// Upstream: pkg/apis/core/validation/validation.go `validateContainers`, `validateInitContainers`
import {
  duplicate,
  type FieldError,
  forbidden,
  invalid,
  notSupported,
  type Path,
  required,
} from '../../../field-error';
import type { Container, EphemeralContainer, PodSpec } from '../../../generated/core-v1';
import type { KubernetesVersion } from '../../../kind';
import { complaints } from '../../../meta/labels';
import { dns1123Label } from '../../../meta/names';
import { validateEnv, validateEnvFrom } from './env';
import { type ProbeKind, validateLifecycle, validateProbe } from './handlers';
import { validateHostPortConflicts } from './host-ports';
import { validatePorts } from './ports';
import { validatePullPolicy } from './pull-policy';
import { validateResizePolicy, validateResources } from './resources';
import { validateContainerRestart, validateInitRestart } from './restart-rules';
import { validateSecurityContext } from './security-context';
import { oneOf, requiredOneOf } from './supported';
import { type KnownVolumes, validateVolumeDevices, validateVolumeMounts } from './volume-mounts';

/** What containers are judged against. */
export interface Surroundings {
  readonly spec: PodSpec;
  readonly volumes: KnownVolumes;
  readonly claimNames: ReadonlySet<string>;
  readonly kubernetes: KubernetesVersion;
}

const probeKinds: readonly ProbeKind[] = ['livenessProbe', 'readinessProbe', 'startupProbe'];

/** What holds for init, regular and ephemeral containers alike. Upstream `validateContainerCommon`. */
export function validateContainer(
  container: Container | EphemeralContainer,
  { spec, volumes, claimNames }: Surroundings,
  path: Path,
): FieldError[] {
  const { name, image, terminationMessagePolicy } = container;
  return [
    ...(name ? complaints(dns1123Label, path.child('name'), name) : [required(path.child('name'))]),
    ...(image ? [] : [required(path.child('image'))]),
    ...requiredOneOf(
      terminationMessagePolicy,
      ['File', 'FallbackToLogsOnError'],
      path.child('terminationMessagePolicy'),
    ),
    ...validatePorts(container.ports, path.child('ports')),
    ...validateEnv(container.env, path.child('env')),
    ...validateEnvFrom(container.envFrom, path.child('envFrom')),
    ...validateVolumeMounts(container, volumes, path.child('volumeMounts')),
    ...validateVolumeDevices(container, volumes, path.child('volumeDevices')),
    ...validatePullPolicy(container.imagePullPolicy, path.child('imagePullPolicy')),
    ...validateResources(container.resources ?? {}, claimNames, path.child('resources')),
    ...validateResizePolicy(container.resizePolicy, spec.restartPolicy, path.child('resizePolicy')),
    ...validateSecurityContext(container.securityContext, spec.hostUsers !== false, path.child('securityContext')),
  ];
}

function validateHooks(container: Container, gracePeriod: number | undefined, path: Path): FieldError[] {
  return [
    ...validateLifecycle(container.lifecycle, gracePeriod, path.child('lifecycle')),
    ...probeKinds.flatMap((kind) => validateProbe(container[kind], kind, gracePeriod, path.child(kind))),
  ];
}

export function validateContainers(around: Surroundings, path: Path): FieldError[] {
  const { spec } = around;
  const containers = spec.containers ?? [];
  if (containers.length === 0) return [required(path)];
  const errors: FieldError[] = [];
  const names = new Set<string>();
  for (const [i, container] of containers.entries()) {
    const at = path.index(i);
    errors.push(...validateContainer(container, around, at));
    if (names.has(container.name)) errors.push(duplicate(at.child('name'), container.name));
    names.add(container.name);
    errors.push(...validateHooks(container, spec.terminationGracePeriodSeconds, at));
    errors.push(...validateContainerRestart(container, around.kubernetes, at));
  }
  return [...errors, ...validateHostPortConflicts(containers, path)];
}

const onlyForSidecars = 'may not be set for init containers without restartPolicy=Always';

/** Init containers run one by one, so their host ports are compared within each; upstream's path is then the first. */
export function validateInitContainers(around: Surroundings, path: Path): FieldError[] {
  const { spec } = around;
  const errors: FieldError[] = [];
  const names = new Set((spec.containers ?? []).map(({ name }) => name));
  for (const [i, container] of (spec.initContainers ?? []).entries()) {
    const at = path.index(i);
    errors.push(...validateContainer(container, around, at), ...validateInitRestart(container, around.kubernetes, at));
    if (names.has(container.name)) errors.push(duplicate(at.child('name'), container.name));
    else if (container.name) names.add(container.name);
    errors.push(...validateHostPortConflicts([container], path));
    if (container.restartPolicy === 'Always') {
      errors.push(...validateHooks(container, spec.terminationGracePeriodSeconds, at));
      continue;
    }
    for (const field of ['lifecycle', ...probeKinds] as const) {
      if (container[field]) errors.push(forbidden(at.child(field), onlyForSidecars));
    }
    for (const [j, { restartPolicy }] of (container.resizePolicy ?? []).entries()) {
      if (restartPolicy !== 'RestartContainer') continue;
      const text = "must not be set to 'RestartContainer' for non-sidecar initContainers";
      errors.push(invalid(at.child('resizePolicy').index(j).child('restartPolicy'), restartPolicy, text));
    }
  }
  return errors;
}

export function validateRestartPolicy({ restartPolicy }: PodSpec, path: Path): FieldError[] {
  if (!restartPolicy) return [required(path)];
  return oneOf(restartPolicy, ['Always', 'OnFailure', 'Never'], path);
}

/** Upstream's refusals of a template whose Pods must always be restarted. */
export function alwaysRestarted(spec: PodSpec, path: Path): FieldError[] {
  return spec.restartPolicy === 'Always' ? [] : [notSupported(path, spec.restartPolicy ?? '', ['Always'])];
}
