import type { FieldError } from './field-error';
import type { KubeObject } from './object';

/** Kubernetes minors that can be simulated. */
export type KubernetesVersion = '1.34' | '1.35' | '1.36';

/** Who asks. */
export interface Asker {
  readonly user: string;
  readonly groups: readonly string[];
  readonly uid?: string;
}

/** What a rule may look at besides the object itself. */
export interface KindContext {
  readonly kubernetes: KubernetesVersion;
  /** Whom the cluster takes its administrator for (absent: what most clusters do). */
  readonly administrator?: Credentials;
}

/** What a certificate or token says of a user besides the name; certificates have no UID. */
export interface Credentials {
  readonly uid?: string;
  readonly groups: readonly string[];
}

/** A version of a kind beside the one that is stored. Upstream: the `conversion.go` of its group */
export interface OtherVersion<T extends KubeObject = KubeObject> {
  /** Makes, in place, the stored version of an object that was decoded as this one; its `apiVersion` is set already. */
  toStored(object: T): void;
  fromStored(object: T): KubeObject;
}

/**
 * All that is particular to one kind. A kind's folder exports one of these; the registry lists them.
 * Upstream: the strategy of `pkg/registry/<group>/<kind>/strategy.go`, its defaults and its validation.
 */
export interface KindDefinition<T extends KubeObject = KubeObject> {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  /** Other versions that are served, by name: `v1`. */
  readonly otherVersions?: Readonly<Record<string, OtherVersion<T>>>;
  /** Sent as a warning with every answer about the kind. */
  readonly deprecation?: string;
  /** Fills in what `zz_generated.defaults.go` fills in. May change `object` in place: it is fresh from decoding. */
  setDefaults?(object: T, context: KindContext): void;
  /** `PrepareForCreate`: status reset, generation, QoS class … In place. */
  prepareForCreate?(object: T, context: KindContext, asker?: () => Asker): void;
  /** Warnings of `PrepareForCreate`: sent even when validation then refuses the object. Asked before it. */
  preparationWarnings?(object: T, context: KindContext): string[];
  /** `PrepareForUpdate`: what an update may not carry is taken from `old`. In place. */
  prepareForUpdate?(object: T, old: T, context: KindContext): void;
  /** Errors in upstream's order of evaluation. */
  validate?(object: T, context: KindContext): FieldError[];
  validateUpdate?(object: T, old: T, context: KindContext): FieldError[];
  /** Texts of `Warning:` headers, in order. */
  warnings?(object: T, old: T | undefined, context: KindContext): string[];
  /** Seconds of grace a deletion gets when the request names none; undefined = deleted at once. */
  gracePeriodSeconds?(object: T): number | undefined;
}
