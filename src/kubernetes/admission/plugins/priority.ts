// Upstream: plugin/pkg/admission/priority/admission.go
import type { PriorityClass } from '../../api/generated/scheduling-v1';
import type { AdmissionAttributes, AdmissionPlugin, AdmissionReader } from '../chain';
import { asPod, createdPod, requestedPod } from '../pod-of';
import { forbiddenBy } from '../refusal';

const builtIn: Readonly<Record<string, number>> = {
  'system-node-critical': 2_000_001_000,
  'system-cluster-critical': 2_000_000_000,
};

interface Computed {
  readonly name: string;
  readonly priority: number;
  readonly preemptionPolicy: string;
}

/** Works out `priority` and `preemptionPolicy` from the class a Pod names, or from the global default. */
export const podPriority: AdmissionPlugin = {
  name: 'Priority',
  admit(attributes, { reader }) {
    if (attributes.operation === 'UPDATE') keepPriority(attributes);
    const pod = createdPod(attributes);
    if (!pod) return undefined;
    const { spec } = pod;
    const computed = spec.priorityClassName ? named(spec.priorityClassName, reader) : byDefault(reader);
    if (!computed) {
      return forbiddenBy(attributes, `no PriorityClass with name ${spec.priorityClassName ?? ''} was found`);
    }
    if (spec.priority !== undefined && spec.priority !== computed.priority) {
      return forbiddenBy(
        attributes,
        `the integer value of priority (${spec.priority}) must not be provided in pod spec; priority admission ` +
          `controller computed ${computed.priority} from the given PriorityClass name`,
      );
    }
    if (spec.preemptionPolicy !== undefined && spec.preemptionPolicy !== computed.preemptionPolicy) {
      return forbiddenBy(
        attributes,
        `the string value of PreemptionPolicy (${spec.preemptionPolicy}) must not be provided in pod spec; priority ` +
          `admission controller computed ${computed.preemptionPolicy} from the given PriorityClass name`,
      );
    }
    if (computed.name) spec.priorityClassName = computed.name;
    spec.priority = computed.priority;
    spec.preemptionPolicy = computed.preemptionPolicy;
    return undefined;
  },
  /** One class at most is the global default. */
  validate(attributes, { reader }) {
    const { object, resource, operation, name } = attributes;
    if (resource.name !== 'priorityclasses.scheduling.k8s.io' || !object || operation === 'DELETE') return undefined;
    const other = globalDefault(reader);
    if (object.globalDefault !== true || !other) return undefined;
    if (operation === 'UPDATE' && other.metadata.name === name) return undefined;
    const why = `PriorityClass ${other.metadata.name} is already marked as default. Only one default can exist`;
    return forbiddenBy(attributes, why);
  },
};

/** What this plugin wrote at the creation stays, where the client leaves it out. */
function keepPriority(attributes: AdmissionAttributes): void {
  const pod = requestedPod(attributes);
  if (!pod || !attributes.old) return;
  const { priority, preemptionPolicy } = asPod(attributes.old).spec;
  if (priority !== undefined) pod.spec.priority ??= priority;
  if (preemptionPolicy !== undefined) pod.spec.preemptionPolicy ??= preemptionPolicy;
}

function named(name: string, reader: AdmissionReader): Computed | undefined {
  const found = reader.get('priorityclasses.scheduling.k8s.io', undefined, name);
  if (found) return computedFrom(found);
  const priority = builtIn[name];
  return priority === undefined ? undefined : { name, priority, preemptionPolicy: 'PreemptLowerPriority' };
}

/** Of several the lowest counts. */
function globalDefault(reader: AdmissionReader): PriorityClass | undefined {
  const defaults = reader.list('priorityclasses.scheduling.k8s.io').filter((one) => one.globalDefault);
  return defaults.reduce<PriorityClass | undefined>(
    (least, one) => (least === undefined || (one.value ?? 0) < (least.value ?? 0) ? one : least),
    undefined,
  );
}

function byDefault(reader: AdmissionReader): Computed {
  const lowest = globalDefault(reader);
  return lowest ? computedFrom(lowest) : { name: '', priority: 0, preemptionPolicy: 'PreemptLowerPriority' };
}

function computedFrom({ metadata, value, preemptionPolicy }: PriorityClass): Computed {
  return { name: metadata.name, priority: value ?? 0, preemptionPolicy: preemptionPolicy ?? 'PreemptLowerPriority' };
}
