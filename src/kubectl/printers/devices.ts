import type { ResourceClaim, ResourceSlice } from '@/kubernetes/api/generated/resource-v1';
import { type Column, ageColumn, column, nameColumn } from './column';

/** Upstream: `resourceClaimState`. */
export const resourceClaims: readonly Column<ResourceClaim>[] = [
  nameColumn(),
  column('STATE', ({ metadata, status }) => {
    const deleted = metadata?.deletionTimestamp !== undefined;
    const words = status?.allocation
      ? ['allocated', ...(status.reservedFor?.length ? ['reserved'] : [])]
      : deleted
        ? []
        : ['pending'];
    return [...(deleted ? ['deleted'] : []), ...words].join(',');
  }),
  ageColumn(),
];

export const resourceSlices: readonly Column<ResourceSlice>[] = [
  nameColumn(),
  column('NODE', ({ spec }) => spec.nodeName ?? ''),
  column('DRIVER', ({ spec }) => spec.driver),
  column('POOL', ({ spec }) => spec.pool.name),
  ageColumn(),
];
