import type { KindContext } from '../api/kind';
import type { KubeObject } from '../api/object';
import type { ResourceInfo } from '../api/registry';
import type { Clock } from '../clock/clock';
import { Draws, type Random } from '../clock/random';
import type { ApiRequest, ApiResponse } from './request';
import { notFoundStatus, type Status } from './status';
import type { ServiceRange } from './services/cluster-ips';
import type { Store } from './store';

// staging/src/k8s.io/apimachinery/pkg/util/rand/rand.go
const suffixAlphabet = 'bcdfghjklmnpqrstvwxz2456789';
// staging/src/k8s.io/apiserver/pkg/storage/names/generate.go
const longestPrefix = 58;

/** What every part of the request path works with. */
export interface Backend {
  readonly store: Store;
  readonly clock: Clock;
  readonly context: KindContext;
  readonly lots: Lots;
  readonly serviceRange: ServiceRange;
  /** Notes in `metadata.managedFields` who set what; only later changes ask for it. */
  recordManager?(
    old: KubeObject | undefined,
    next: KubeObject,
    request: ApiRequest,
    info: ResourceInfo,
    backend: Backend,
  ): void;
}

/** What the server draws by lot. */
export class Lots {
  private readonly draws: Draws;

  constructor(random: Random) {
    this.draws = new Draws(random);
  }

  /** A version 4 UUID. */
  uid(owner: string): string {
    const hex = this.draws.next(`uid/${owner}`).text(32, '0123456789abcdef');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
  }

  /** Five characters as they end a generated name. */
  suffix(owner: string): string {
    return this.draws.next(`name/${owner}`).text(5, suffixAlphabet);
  }

  generatedName(prefix: string, owner: string): string {
    return prefix.slice(0, longestPrefix) + this.suffix(`${owner}/${prefix}`);
  }

  /** A number from 0 (included) to `limit` (excluded). */
  below(limit: number, owner: string): number {
    return this.draws.next(owner).below(limit);
  }
}

/** An answer with an object. */
export function answered(code: number, body: KubeObject, warnings: readonly string[] = []): ApiResponse {
  return { code, body, warnings };
}

/** An answer with a Status, whose code it has. */
export function refused(status: Status, warnings: readonly string[] = []): ApiResponse {
  return { code: status.code, body: status, warnings };
}

/** `apps/v1` */
export function groupVersionOf({ group, version }: Pick<ResourceInfo, 'group' | 'version'>): string {
  return group ? `${group}/${version}` : version;
}

/** The stored object a request is about. */
export function find({ store }: Backend, request: ApiRequest, info: ResourceInfo): KubeObject | undefined {
  return store.get(info.name, info.namespaced ? request.namespace : undefined, request.name ?? '');
}

/** What is said of an object that is not there. */
export function missing(request: ApiRequest, info: ResourceInfo): Status {
  return notFoundStatus(info.plural, info.group, request.name ?? '');
}
