import type { JsonObject } from '../api/object';

/** What a request wants, as authorization names it. */
export type Verb = 'get' | 'list' | 'create' | 'update' | 'patch' | 'delete' | 'deletecollection';

/** How the body of a patch is to be read. */
export type PatchType = 'json' | 'merge' | 'strategic' | 'apply';

/** One request as the HTTP layer would hand it on. */
export interface ApiRequest {
  readonly verb: Verb;
  readonly group: string;
  readonly version: string;
  /** Plural: `pods`. */
  readonly resource: string;
  readonly subresource?: string;
  readonly namespace?: string;
  readonly name?: string;
  /** The decoded JSON body, untouched: create, update, patch (a list for JSON patch) and DeleteOptions-free deletes. */
  readonly body?: unknown;
  readonly patchType?: PatchType;
  readonly dryRun?: boolean;
  readonly fieldValidation?: 'Strict' | 'Warn' | 'Ignore';
  readonly fieldManager?: string;
  readonly force?: boolean;
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
  readonly gracePeriodSeconds?: number;
  readonly propagationPolicy?: 'Background' | 'Foreground' | 'Orphan';
  readonly preconditions?: { readonly uid?: string; readonly resourceVersion?: string };
  /**
   * The body is an object that a component read from the store and changed by the types: its status is taken over as
   * it is, without decoding. Only `Client` says so.
   */
  readonly trusted?: boolean;
  /** Who asks: `kubernetes-admin`, `system:kube-scheduler`, `system:serviceaccount:kube-system:replicaset-controller`. */
  readonly user: string;
  /** What else the user belongs to (`--as-group`); everybody is authenticated. */
  readonly groups?: readonly string[];
}

export interface ApiResponse {
  readonly code: number;
  /** The object, a list object, or a Status. */
  readonly body: JsonObject;
  /** Texts of the `Warning:` headers, in order. */
  readonly warnings: readonly string[];
}
