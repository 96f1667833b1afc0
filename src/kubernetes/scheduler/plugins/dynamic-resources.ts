import type { Plugin } from '../framework/plugin';

/**
 * Dynamic resource allocation is not simulated: a Pod's `resourceClaims` are not looked at. The plugin stands here
 * because the real one gives every node 0 points and has a word in every refusal
 * (pkg/scheduler/framework/plugins/dynamicresources/dynamicresources.go `PostFilter`).
 */
export const dynamicResources: Plugin = {
  name: 'DynamicResources',
  weight: 2,
  preScore: () => ({ score: () => 0 }),
};

/** What its PostFilter says when there was nothing to take back. */
export const noClaimsToDeallocate = 'no new claims to deallocate';

/** What its PostFilter says when a PreFilter refused and there is no state of the cycle to look at. */
export const stateNotFound = 'not found';
