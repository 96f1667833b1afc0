import type { Cluster } from './cluster';
import type { Component } from './component';
import { controllerManager } from './controllers';
import { EventBroadcaster } from './events/broadcaster';
import { EventExpiry } from './events/expiry';
import { kubelets } from './kubelet';
import { fakeKubelets } from './kubelet/fake';
import { kubeProxies } from './kube-proxy';
import { kubeScheduler } from './scheduler';

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
