import type { ResourceInfo } from '../api/registry';
import type { Backend } from './backend';
import { remove, removeCollection } from './delete';
import { recordManager } from './managed-fields/record';
import { patch } from './patch';
import { review } from './reviews';
import type { ApiRequest, ApiResponse } from './request';
import { bind } from './subresources/binding';
import { updateEphemeralContainers } from './subresources/ephemeral-containers';
import { evict } from './subresources/eviction';
import { finalize } from './subresources/finalize';
import { resize } from './subresources/resize';
import { scale } from './subresources/scale';
import { update, updateStatusTrusted } from './update';

type Handler = (request: ApiRequest, info: ResourceInfo, backend: Backend) => ApiResponse;

/** Whatever a server does to objects that exist. One that only hears what is said to new ones goes without. */
export interface Changes {
  readonly update: Handler;
  /** A component's own status. */
  readonly updateStatusTrusted: Handler;
  readonly patch: Handler;
  readonly remove: Handler;
  readonly removeCollection: Handler;
  readonly recordManager: Backend['recordManager'];
  /** Answers an object that is a question. */
  readonly review: (request: ApiRequest, info: ResourceInfo, backend: Backend) => ApiResponse | undefined;
  /** By the sub-resource's name. */
  readonly subresources: Readonly<Record<string, Handler>>;
}

/** All that a kube-apiserver does. */
export const changes: Changes = {
  update,
  updateStatusTrusted,
  patch,
  remove,
  removeCollection,
  recordManager,
  review,
  subresources: {
    scale,
    binding: (request, _, backend) => bind(request, backend),
    eviction: evict,
    finalize,
    ephemeralcontainers: updateEphemeralContainers,
    resize,
  },
};
