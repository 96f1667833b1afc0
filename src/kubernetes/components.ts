import type { Cluster } from './cluster';
import type { Component } from './component';
import { controllerManager } from './controllers';
import { EventBroadcaster } from './events/broadcaster';
import { EventExpiry } from './events/expiry';
import { kubeletOf, kubelets } from './kubelet';
import { fakeKubelets } from './kubelet/fake';
import { kubeProxies, kubeProxyOf } from './kube-proxy';
import { kubeScheduler } from './scheduler';
import type { NodeFile } from './world';

/** The components of a world, in the order in which they start. One line each. */
export function components(cluster: Cluster): Component[] {
  const { kubelet } = cluster.world;
  return [
    new EventBroadcaster(cluster),
    new EventExpiry(cluster),
    ...controllerManager(cluster),
    ...kubeScheduler(cluster),
    ...(kubelet === 'fake' ? fakeKubelets(cluster) : kubelets(cluster)),
    ...(kubelet === 'fake' ? [] : kubeProxies(cluster)),
  ];
}

/** What runs on a machine that joins a cluster. */
export function nodeComponents(cluster: Cluster, node: NodeFile): Component[] {
  return [kubeletOf(cluster, node), kubeProxyOf(cluster, node)].filter((one) => one !== undefined);
}
