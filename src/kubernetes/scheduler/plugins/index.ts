import type { Plugin } from '../framework/plugin';
import { balancedAllocation } from './balanced-allocation';
import { dynamicResources } from './dynamic-resources';
import { imageLocality } from './image-locality';
import { interPodAffinity } from './inter-pod-affinity';
import { nodeAffinity } from './node-affinity';
import { nodeDeclaredFeatures } from './node-declared-features';
import { nodeName } from './node-name';
import { nodePorts } from './node-ports';
import { nodeResourcesFit } from './node-resources-fit';
import { nodeUnschedulable } from './node-unschedulable';
import { podTopologySpread } from './pod-topology-spread';
import { schedulingGates } from './scheduling-gates';
import { taintToleration } from './taint-toleration';
import { nodeVolumeLimits } from './volume/node-volume-limits';
import { volumeBinding } from './volume/volume-binding';
import { volumeRestrictions } from './volume/volume-restrictions';
import { volumeZone } from './volume/volume-zone';

/**
 * The default plugins, in the order in which they are asked. Priority sorting is the queue's (../queue), preemption
 * is ../preemption.
 * Upstream: pkg/scheduler/apis/config/v1/default_plugins.go `getDefaultPlugins`
 */
export const defaultPlugins: readonly Plugin[] = [
  schedulingGates,
  nodeUnschedulable,
  nodeName,
  taintToleration,
  nodeAffinity,
  nodePorts,
  nodeResourcesFit,
  volumeRestrictions,
  nodeVolumeLimits,
  volumeBinding,
  volumeZone,
  podTopologySpread,
  interPodAffinity,
  dynamicResources,
  balancedAllocation,
  imageLocality,
  nodeDeclaredFeatures,
];
