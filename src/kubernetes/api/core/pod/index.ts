import type { Pod, PodCondition } from '../../generated/core-v1';
import type { KindDefinition } from '../../kind';
import { appArmorWarnings, applyAppArmorAnnotations } from './app-armor';
import { defaultPod } from './defaults';
import { podSpecWarnings } from '../pod-spec/warnings';
import { hostnameWarning } from '../pod-template/warnings';
import { resolveLabelKeys } from './label-keys';
import { qosClass } from './qos';
import { validatePodUpdate } from './update';
import { validatePod } from './validation';

/** Upstream: pkg/registry/core/pod/strategy.go */
export const pod: KindDefinition<Pod> = {
  group: '',
  version: 'v1',
  kind: 'Pod',
  setDefaults: defaultPod,
  preparationWarnings: appArmorWarnings,
  prepareForCreate(object) {
    const { metadata, spec } = object;
    metadata.generation = 1;
    object.status = { phase: 'Pending', qosClass: qosClass(spec) };
    if ((spec.terminationGracePeriodSeconds ?? 0) < 0) spec.terminationGracePeriodSeconds = 1;
    if (spec.schedulingGates?.length) object.status.conditions = [gated(metadata.creationTimestamp)];
    resolveLabelKeys(object);
    applyAppArmorAnnotations(object);
  },
  prepareForUpdate(object, old) {
    object.status = old.status;
  },
  validate: validatePod,
  validateUpdate: validatePodUpdate,
  warnings({ metadata, spec }, old) {
    if (old) return [];
    return [...hostnameWarning(metadata.name, "the Pod's hostname"), ...podSpecWarnings(spec, metadata)];
  },
  gracePeriodSeconds({ spec, status }) {
    // strategy.go `CheckGracefulDelete`: a Pod that is over has nothing left to stop.
    if (status.phase === 'Failed' || status.phase === 'Succeeded') return 0;
    return spec.nodeName ? (spec.terminationGracePeriodSeconds ?? 30) : 0;
  },
};

function gated(since: string): PodCondition {
  return {
    type: 'PodScheduled',
    status: 'False',
    // Go prints the zero time of a condition, because the field is not left out when empty.
    lastProbeTime: null,
    lastTransitionTime: since,
    reason: 'SchedulingGated',
    message: 'Scheduling is blocked due to non-empty scheduling gates',
  };
}
