import type { ObjectReference } from '../api/object';
import type { Pod } from '../api/generated/core-v1';
import type { Millis } from '../clock/clock';
import type { Task } from '../clock/task';
import type { EventRecorder } from '../component';
import type { Image } from '../runtime/catalogue';
import { imageNameError, parseImageName } from '../runtime/image-name';
import type { Runtime } from '../runtime/runtime';
import type { World } from '../world';
import { Backoff } from './backoff';
import { logError } from './klog';
import type { WaitingReason } from './waiting-reasons';
import { serverFacts } from '../api/versions/server-facts';

/** An image that is needed, and about what its events are. */
export interface ImageWish {
  readonly reference: string;
  readonly policy: string | undefined;
  readonly about: ObjectReference;
}

/** Sees that the image of a container is there. Upstream: pkg/kubelet/images/image_manager.go `EnsureImageExists`. */
export class ImageManager {
  private readonly backoff = new Backoff();
  /** The end of the last pull. */
  private pullingUntil: Millis = -Infinity;

  constructor(
    private readonly runtime: Runtime,
    private readonly recorder: EventRecorder,
    private readonly world: World,
  ) {}

  *ensure(pod: Pod, { reference, policy = 'IfNotPresent', about }: ImageWish): Task<Image | WaitingReason> {
    const event = (type: 'Normal' | 'Warning', reason: string, message: string) =>
      this.recorder.event(about, type, reason, message);
    if (!parseImageName(reference)) {
      const message = `Failed to apply default image tag "${reference}": couldn't parse image name "${reference}": ${imageNameError(reference)}`;
      event('Warning', 'InspectFailed', message);
      return { reason: 'InvalidImageName', message };
    }
    const present = this.runtime.image(reference);
    if (present && policy !== 'Always') {
      const suffix = serverFacts[this.world.kubernetes].presentImage;
      event('Normal', 'Pulled', `Container image "${reference}" already present on machine${suffix}`);
      return present;
    }
    if (policy === 'Never') {
      const message = `Container image "${reference}" is not present with pull policy of Never`;
      event('Warning', 'ErrImageNeverPull', message);
      return { reason: 'ErrImageNeverPull', message };
    }
    return yield* this.pull(pod, reference, event);
  }

  private *pull(
    pod: Pod,
    reference: string,
    event: (type: 'Normal' | 'Warning', reason: string, message: string) => void,
  ): Task<Image | WaitingReason> {
    const key = `${pod.metadata.uid ?? ''}_${reference}`;
    const began = this.now;
    if (this.backoff.isInBackOffSinceUpdate(key, began)) {
      const message = `Back-off pulling image "${reference}"`;
      event('Normal', 'BackOff', message);
      return { reason: 'ImagePullBackOff', message: `${message}: ErrImagePull: ${this.lastError.get(key) ?? ''}` };
    }
    event('Normal', 'Pulling', `Pulling image "${reference}"`);
    // One image after the other (`serializeImagePulls`).
    while (this.pullingUntil > this.now) yield { until: this.pullingUntil };
    const turn = this.now;
    const known = this.runtime.image(reference) !== undefined;
    const duration = known ? Math.round(this.world.latency.imagePull / 3) : this.world.latency.imagePull;
    this.pullingUntil = turn + duration;
    yield { until: this.pullingUntil };
    const error = this.runtime.pull(reference);
    const image = this.runtime.image(reference);
    if (error !== undefined || !image) {
      event('Warning', 'Failed', `Failed to pull image "${reference}": ${error ?? ''}`);
      const values = { err: error ?? '', image: reference };
      logError(this.runtime, 'remote_image.go:250', 'PullImage from image service failed', values);
      logError(this.runtime, 'kuberuntime_image.go:43', 'Failed to pull image', values);
      this.lastError.set(key, error ?? '');
      this.backoff.next(key, this.now, this.now);
      return { reason: 'ErrImagePull', message: error ?? '' };
    }
    const took = `${seconds(this.now - turn)} (${seconds(this.now - began)} including waiting)`;
    const size = `Image size: ${image.size} bytes.`;
    event('Normal', 'Pulled', `Successfully pulled image "${reference}" in ${took}. ${size}`);
    return image;
  }

  private readonly lastError = new Map<string, string>();

  private get now(): Millis {
    return this.runtime.cluster.clock.now;
  }
}

/** A duration rounded to milliseconds as Go prints it: `1.204s`, `850ms`. */
function seconds(millis: Millis): string {
  return millis < 1000 ? `${millis}ms` : `${millis / 1000}s`;
}
