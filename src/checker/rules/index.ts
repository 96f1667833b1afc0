import type { Rule } from '../rule';
import { defaultedHostPort } from './defaulted-host-port';
import { dnsPolicy } from './dns-policy';
import { hostIpWithHostNetwork } from './host-ip';
import { imagePlaceholder, imageWithoutTag } from './image';
import { listenFlag } from './listen-flag';
import { moreReplicasThanNodes } from './more-replicas-than-nodes';
import { nodeName } from './node-name';
import { nodePortRange } from './node-port-range';
import { sameKey } from './same-key';
import { stuckRollout } from './stuck-rollout';
import { surgeDaemonSet } from './surge-daemon-set';
import { takenPort } from './taken-port';
import { undeclaredPort } from './undeclared-port';

/** Every rule, in the order in which its findings are listed. Its words are in content/rules/<id>.yaml. */
export const rules: readonly Rule[] = [
  undeclaredPort,
  defaultedHostPort,
  moreReplicasThanNodes,
  stuckRollout,
  dnsPolicy,
  nodeName,
  takenPort,
  nodePortRange,
  imagePlaceholder,
  imageWithoutTag,
  surgeDaemonSet,
  hostIpWithHostNetwork,
  listenFlag,
  sameKey,
];
