import type { ResourceMap, ResourceName } from '@/kubernetes/api/object';
import type { Describer } from './describer';
import { describeCertificateSigningRequest } from './uncommon/certificates';
import { describeIPAddress, describeServiceCIDR } from './uncommon/networking';
import { describeCSINode, describeVolumeAttributesClass } from './uncommon/storage';

export { uncommonSource } from './uncommon/volume-sources';

/** The describers that few lines need. Upstream: kubectl/pkg/describe/describe.go `describerMap`. */
export const uncommonDescribers: { readonly [R in ResourceName]?: Describer<ResourceMap[R]> } = {
  'certificatesigningrequests.certificates.k8s.io': describeCertificateSigningRequest,
  'csinodes.storage.k8s.io': describeCSINode,
  'volumeattributesclasses.storage.k8s.io': describeVolumeAttributesClass,
  'servicecidrs.networking.k8s.io': describeServiceCIDR,
  'ipaddresses.networking.k8s.io': describeIPAddress,
};
