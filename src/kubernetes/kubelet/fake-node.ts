import type { Node, NodeCondition } from '../api/generated/core-v1';
import type { Draft } from '../api/object';
import { containerRuntimeOf, kernelReleaseOf, osImageOf } from '../node-system';
import type { NodeFile } from '../world';

/** The conditions of a node whose kubelet is well: pkg/kubelet/nodestatus/setters.go */
export function healthyConditions(timestamp: string, before: readonly NodeCondition[] = []): NodeCondition[] {
  const healthy: readonly (readonly [string, string, string, string])[] = [
    ['MemoryPressure', 'False', 'KubeletHasSufficientMemory', 'kubelet has sufficient memory available'],
    ['DiskPressure', 'False', 'KubeletHasNoDiskPressure', 'kubelet has no disk pressure'],
    ['PIDPressure', 'False', 'KubeletHasSufficientPID', 'kubelet has sufficient PID available'],
    ['Ready', 'True', 'KubeletReady', 'kubelet is posting ready status'],
  ];
  return healthy.map(([type, status, reason, message]) => {
    const old = before.find((condition) => condition.type === type);
    const lastTransitionTime = old?.status === status ? old.lastTransitionTime : timestamp;
    return { type, status, lastHeartbeatTime: timestamp, lastTransitionTime, reason, message };
  });
}

/** The Node object with which a fake kubelet registers. */
export function fakeNode(file: NodeFile, podCIDR: string, release: string, timestamp: string): Draft<Node> {
  const capacity = { ...defaultCapacity, ...file.capacity };
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name: file.name,
      labels: {
        'kubernetes.io/arch': 'amd64',
        'kubernetes.io/hostname': file.hostname ?? file.name,
        'kubernetes.io/os': 'linux',
        ...file.labels,
      },
    },
    spec: { podCIDR, podCIDRs: [podCIDR], ...(file.taints ? { taints: [...file.taints] } : {}) },
    status: {
      addresses: [
        { type: 'InternalIP', address: file.internalIP },
        { type: 'Hostname', address: file.hostname ?? file.name },
      ],
      allocatable: { ...capacity, ...file.allocatable },
      capacity,
      conditions: healthyConditions(timestamp),
      daemonEndpoints: { kubeletEndpoint: { Port: 10250 } },
      nodeInfo: {
        architecture: 'amd64',
        bootID: '',
        containerRuntimeVersion: containerRuntimeOf(file),
        kernelVersion: kernelReleaseOf(file),
        kubeProxyVersion: '',
        kubeletVersion: release,
        machineID: '',
        operatingSystem: 'linux',
        osImage: osImageOf(file),
        systemUUID: '',
      },
    },
  };
}

const defaultCapacity = { cpu: '4', 'ephemeral-storage': '50Gi', memory: '8Gi', pods: '110' };
