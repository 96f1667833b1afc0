import { mutatingAdmissionPolicy } from './admission-registration/mutating-admission-policy';
import { mutatingAdmissionPolicyBinding } from './admission-registration/mutating-admission-policy-binding';
import { validatingAdmissionPolicy } from './admission-registration/validating-admission-policy';
import { validatingAdmissionPolicyBinding } from './admission-registration/validating-admission-policy-binding';
import {
  mutatingWebhookConfiguration,
  validatingWebhookConfiguration,
} from './admission-registration/webhook-configuration';
import { customResourceDefinition } from './api-extensions/custom-resource-definition';
import { apiService } from './api-registration/api-service';
import { controllerRevision } from './apps/controller-revision';
import { certificateSigningRequest } from './certificates/certificate-signing-request';
import { endpoints } from './core/endpoints';
import { persistentVolume } from './core/persistent-volume';
import { resourceQuota } from './core/resource-quota';
import { lease } from './coordination/lease';
import { flowSchema } from './flowcontrol/flow-schema';
import { priorityLevelConfiguration } from './flowcontrol/priority-level-configuration';
import type { KindDefinition } from './kind';
import { ingressClass } from './networking/ingress-class';
import { ipAddress } from './networking/ip-address';
import { serviceCIDR } from './networking/service-cidr';
import { runtimeClass } from './node/runtime-class';
import { deviceClass } from './resource/device-class';
import { resourceClaim } from './resource/resource-claim';
import { resourceClaimTemplate } from './resource/resource-claim-template';
import { priorityClass } from './scheduling/priority-class';
import { csiDriver } from './storage/csi-driver';
import { csiNode } from './storage/csi-node';
import { csiStorageCapacity } from './storage/csi-storage-capacity';
import { volumeAttachment } from './storage/volume-attachment';
import { volumeAttributesClass } from './storage/volume-attributes-class';

/**
 * Kinds with rules of their own that few manifests hold: a chunk by itself, handed to the registry
 * (`../uncommon.ts`) by whoever may meet one. Adding such a kind: a folder beside the others, and a line here.
 */
export const uncommonKindDefinitions: readonly KindDefinition[] = [
  controllerRevision,
  resourceQuota,
  persistentVolume,
  endpoints,
  lease,
  priorityClass,
  runtimeClass,
  ingressClass,
  ipAddress,
  serviceCIDR,
  csiDriver,
  csiNode,
  csiStorageCapacity,
  volumeAttachment,
  volumeAttributesClass,
  flowSchema,
  priorityLevelConfiguration,
  validatingAdmissionPolicy,
  validatingAdmissionPolicyBinding,
  validatingWebhookConfiguration,
  mutatingWebhookConfiguration,
  mutatingAdmissionPolicy,
  mutatingAdmissionPolicyBinding,
  customResourceDefinition,
  apiService,
  certificateSigningRequest,
  resourceClaim,
  resourceClaimTemplate,
  deviceClass,
];
