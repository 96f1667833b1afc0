import type { KubernetesVersion } from '../api/kind';
import type { KubeObject, ResourceMap, ResourceName } from '../api/object';
import type { ResourceInfo } from '../api/registry';
import type { Status } from '../apiserver/status';

/** The request as admission sees it. Upstream: staging/src/k8s.io/apiserver/pkg/admission/attributes.go */
export interface AdmissionAttributes {
  readonly operation: 'CREATE' | 'UPDATE' | 'DELETE' | 'CONNECT';
  readonly resource: ResourceInfo;
  readonly subresource?: string;
  readonly namespace?: string;
  /** Of the object, or of the path; empty while a generated name has not been drawn. */
  readonly name: string;
  /** What is to be stored, defaulted. Mutating plugins change it in place. Absent in a deletion. */
  readonly object?: KubeObject;
  /** What is stored now. Absent in a creation. */
  readonly old?: KubeObject;
  readonly user: string;
  readonly dryRun?: boolean;
}

/** The part of the store that plugins look at. */
export interface AdmissionReader {
  get<R extends ResourceName>(resource: R, namespace: string | undefined, name: string): ResourceMap[R] | undefined;
  list<R extends ResourceName>(resource: R, namespace?: string): ResourceMap[R][];
}

export interface AdmissionContext {
  readonly kubernetes: KubernetesVersion;
  readonly reader: AdmissionReader;
  /** Draws the five characters at the end of a generated name. */
  randomSuffix(forName: string): string;
  /** Writes down what a request takes from a quota. */
  charge(quota: ResourceMap['resourcequotas']): void;
  /** Adds a `Warning:` header to the response. */
  warn(text: string): void;
}

/**
 * A plugin by its upstream name. Each method answers with a refusal or with nothing. A plugin asks for itself whether
 * the request concerns it.
 */
export interface AdmissionPlugin {
  readonly name: string;
  /** Mutating phase: may change `attributes.object`. */
  admit?(attributes: AdmissionAttributes, context: AdmissionContext): Status | undefined;
  /** Validating phase: only looks. */
  validate?(attributes: AdmissionAttributes, context: AdmissionContext): Status | undefined;
}

/** Plugins in order; the first refusal ends a phase. */
export class AdmissionChain {
  constructor(readonly plugins: readonly AdmissionPlugin[]) {}

  /** Mutating phase: after decoding and defaulting, before the kind's own validation. */
  admit(attributes: AdmissionAttributes, context: AdmissionContext): Status | undefined {
    for (const plugin of this.plugins) {
      const refusal = plugin.admit?.(attributes, context);
      if (refusal) return refusal;
    }
    return undefined;
  }

  /** Validating phase: after the kind's own validation, before storage. */
  validate(attributes: AdmissionAttributes, context: AdmissionContext): Status | undefined {
    for (const plugin of this.plugins) {
      const refusal = plugin.validate?.(attributes, context);
      if (refusal) return refusal;
    }
    return undefined;
  }
}
