import type { KubernetesVersion } from '@/kubernetes/api/kind';
import type { ResourceInfo } from '@/kubernetes/api/registry';
import { type Schema, schemaName, schemasOf } from '../resource/published-schemas';
import { fieldDescription, typeDescription } from './descriptions';

/** What a server publishes of its schemas, with the descriptions that are loaded. */
export class Documentation {
  constructor(readonly minor: KubernetesVersion) {}

  /** The schema of a kind; undefined when the server publishes none. */
  ofKind({ group, version, kind }: ResourceInfo): Schema | undefined {
    const id = schemaName(schemasOf(this.minor), group, version, kind);
    return id === undefined ? undefined : this.referred(id);
  }

  /** The schema that a reference names. */
  referred(id: string): Schema {
    const { properties, ...schema } = schemasOf(this.minor)[id] ?? {};
    const described = withDescription(schema, typeDescription(id, this.minor));
    if (!properties) return described;
    const entries = Object.entries(properties).map(
      ([name, property]) => [name, withDescription(property, fieldDescription(id, name, this.minor))] as const,
    );
    return { ...described, properties: Object.fromEntries(entries) };
  }
}

function withDescription(schema: Schema, description: string | undefined): Schema {
  return description === undefined ? schema : { ...schema, description };
}
