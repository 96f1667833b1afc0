import type { Pod } from '../api/generated/core-v1';
import type { Client } from '../apiserver/client';
import type { Millis } from '../clock/clock';
import type { EventRecorder } from '../component';
import type { Runtime } from '../runtime/runtime';
import type { World } from '../world';
import type { Backoff } from './backoff';
import type { ImageManager } from './image-manager';
import type { ProbeManager } from './prober/manager';
import type { ResizeManager } from './resize/manager';
import type { StatusManager } from './status-manager';

/** What the parts of one kubelet share. */
export interface KubeletHost {
  readonly node: string;
  /** The machine's own name, which is what Pods on the host's network are called inside. */
  readonly machineName: string;
  readonly client: Client;
  readonly runtime: Runtime;
  readonly world: World;
  readonly recorder: EventRecorder;
  readonly images: ImageManager;
  readonly crashBackoff: Backoff;
  readonly probes: ProbeManager;
  readonly statuses: StatusManager;
  readonly resizes: ResizeManager;
  readonly now: Millis;
  readonly hostIP: string | undefined;
  /** Whether the network plugin was configured at the last look at the runtime. */
  readonly networkReady: boolean;
  timestamp(at?: Millis): string;
  /** The Pod as it stands in the API now; the one given when it is gone. */
  current(pod: Pod): Pod;
}

/** What can go wrong in a sync, as far as the next one depends on it. */
export interface SyncError {
  readonly kind: 'network' | 'back-off' | 'other';
  /** When the back-off ends. */
  readonly until?: Millis;
  /** What the kubelet logs of it. */
  readonly text?: string;
}
