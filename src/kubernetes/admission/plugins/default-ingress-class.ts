// Upstream: plugin/pkg/admission/network/defaultingressclass/admission.go
import type { Ingress } from '../../api/generated/networking-v1';
import type { AdmissionPlugin } from '../chain';
import { forbiddenBy } from '../refusal';

const defaultAnnotation = 'ingressclass.kubernetes.io/is-default-class';
const oldClassAnnotation = 'kubernetes.io/ingress.class';

/** An Ingress that names no class gets the default one; where several are, none can be made without naming one. */
export const defaultIngressClass: AdmissionPlugin = {
  name: 'DefaultIngressClass',
  admit(attributes, { reader }) {
    const { operation, resource, subresource, object } = attributes;
    if (operation !== 'CREATE' || subresource || resource.name !== 'ingresses.networking.k8s.io' || !object) {
      return undefined;
    }
    const { spec, metadata } = object as Ingress; // decoded as the kind of its resource
    if (spec.ingressClassName !== undefined || metadata.annotations?.[oldClassAnnotation] !== undefined) {
      return undefined;
    }
    const defaults = reader
      .list('ingressclasses.networking.k8s.io')
      .filter((one) => one.metadata.annotations?.[defaultAnnotation] === 'true');
    if (defaults.length > 1) {
      const why = `${defaults.length} default IngressClasses were found, only 1 allowed`;
      return forbiddenBy(attributes, `Internal error occurred: ${why}`);
    }
    const name = defaults[0]?.metadata.name;
    if (name !== undefined) spec.ingressClassName = name;
    return undefined;
  },
};
