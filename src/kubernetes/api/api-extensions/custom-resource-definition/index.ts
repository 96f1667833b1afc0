// Upstream: staging/src/k8s.io/apiextensions-apiserver/pkg/registry/customresourcedefinition/strategy.go, pkg/apis/apiextensions/v1/defaults.go
import type { KindDefinition } from '../../kind';
import type { CustomResourceDefinition } from '../../generated/apiextensions-apiserver-pkg-apis-apiextensions-v1';
import { countGeneration } from '../../generation';
import { dns1123Subdomain } from '../../meta/names';
import { validateObjectMeta, validateObjectMetaUpdate } from '../../meta/object-meta';
import { unrecognizedFormats } from './formats';
import { validateDefinition } from './validation';

/** The definition is judged; what it defines is not served. */
export const customResourceDefinition: KindDefinition<CustomResourceDefinition> = {
  group: 'apiextensions.k8s.io',
  version: 'v1',
  kind: 'CustomResourceDefinition',
  setDefaults({ spec }) {
    const names = (spec.names ??= { plural: '', kind: '' });
    names.singular ||= (names.kind ?? '').toLowerCase();
    if (names.kind) names.listKind ||= `${names.kind}List`;
    spec.conversion ??= { strategy: 'None' };
    const service = spec.conversion.webhook?.clientConfig?.service;
    if (service) service.port ??= 443;
  },
  prepareForCreate(object) {
    object.metadata.generation = 1;
    const stored = object.spec.versions?.find(({ storage }) => storage)?.name;
    // Go prints a list that is not there as null, because the field is not left out when empty.
    const none = null as unknown as [];
    object.status = {
      conditions: none,
      acceptedNames: { plural: '', kind: '' },
      storedVersions: stored === undefined ? none : [stored],
    };
  },
  prepareForUpdate(object, old) {
    object.status = old.status;
    countGeneration(object, old);
  },
  validate(object) {
    const { names, group = '' } = object.spec;
    const wanted = `${names?.plural ?? ''}.${group}`;
    const text = 'must be spec.names.plural+"."+spec.group';
    const name = (given: string) => [...dns1123Subdomain(given), ...(given === wanted ? [] : [text])];
    const meta = validateObjectMeta(object.metadata, { namespaced: false, name }, { standardFinalizers: false });
    return [...meta, ...validateDefinition(object)];
  },
  validateUpdate: (object, old) => [
    ...validateObjectMetaUpdate(object.metadata, old.metadata, { standardFinalizers: false }),
    ...validateDefinition(object),
  ],
  warnings: ({ spec }) =>
    (spec.versions ?? [])
      .flatMap(({ schema }) => (schema?.openAPIV3Schema ? unrecognizedFormats(schema.openAPIV3Schema) : []))
      .map((format) => `unrecognized format ${JSON.stringify(format)}`),
};
