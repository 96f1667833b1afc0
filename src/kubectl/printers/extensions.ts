import type { CustomResourceDefinition } from '@/kubernetes/api/generated/apiextensions-apiserver-pkg-apis-apiextensions-v1';
import type { CertificateSigningRequest } from '@/kubernetes/api/generated/certificates-v1';
import type { APIService } from '@/kubernetes/api/generated/kube-aggregator-pkg-apis-apiregistration-v1';
import { humanDuration } from '../output/duration';
import { type Column, ageColumn, column, nameColumn, orNone } from './column';

/** Upstream: apiextensions-apiserver/pkg/registry/customresourcedefinition/etcd.go (rest.NewDefaultTableConvertor). */
export const customResourceDefinitions: readonly Column<CustomResourceDefinition>[] = [
  nameColumn(),
  column('CREATED AT', ({ metadata }) => metadata?.creationTimestamp ?? ''),
];

/** Upstream: kube-aggregator/pkg/registry/apiservice/etcd/etcd.go. */
export const apiServices: readonly Column<APIService>[] = [
  nameColumn(),
  column('SERVICE', ({ spec }) =>
    spec?.service ? `${spec.service.namespace ?? ''}/${spec.service.name ?? ''}` : 'Local',
  ),
  column('AVAILABLE', ({ status }) => {
    const available = status?.conditions?.find(({ type }) => type === 'Available');
    if (!available) return 'Unknown';
    return available.status === 'True' || !available.reason
      ? available.status
      : `${available.status} (${available.reason})`;
  }),
  ageColumn(),
];

/** Upstream: `printCertificateSigningRequest`, `extractCSRStatus`. */
export const certificateSigningRequests: readonly Column<CertificateSigningRequest>[] = [
  nameColumn(),
  ageColumn(),
  column('SIGNERNAME', ({ spec }) => orNone(spec.signerName)),
  column('REQUESTOR', ({ spec }) => spec.username ?? ''),
  column('REQUESTEDDURATION', ({ spec }) =>
    spec.expirationSeconds === undefined ? '<none>' : humanDuration(spec.expirationSeconds * 1000),
  ),
  column('CONDITION', ({ status }) => {
    const has = (wanted: string) => status?.conditions?.some(({ type }) => type === wanted) === true;
    const decision = has('Denied') ? 'Denied' : has('Approved') ? 'Approved' : 'Pending';
    return `${decision}${has('Failed') ? ',Failed' : ''}${status?.certificate ? ',Issued' : ''}`;
  }),
];
