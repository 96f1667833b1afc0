import { describe, expect, it } from 'vitest';
import { create, verdict } from '../verdict';

const pod = (spec: string, labels = '{app: web, tier: front}') => `
apiVersion: v1
kind: Pod
metadata: {name: web, labels: ${labels}}
spec:
${spec}
  containers: [{name: app, image: "app:1", resources: {requests: {memory: 1Gi, hugepages-2Mi: 4Mi}, limits: {hugepages-2Mi: 4Mi}}}]
`;
const ownResources = (resources: string) =>
  create([
    pod(`  initContainers: [{name: helper, image: "app:1", restartPolicy: Always, resources: {requests: {cpu: 1, hugepages-2Mi: 2Mi}, limits: {hugepages-2Mi: 2Mi}}}]
  resources: ${resources}`),
  ]).body.spec;

// pkg/apis/core/v1/defaults.go `defaultHugePagePodLimits`, `defaultPodRequests`
describe('resources of a whole Pod', () => {
  it('are limited to the huge pages of all containers, and asked for as its containers do', () => {
    expect(ownResources('{requests: {cpu: 2}}')).toHaveProperty('resources', {
      requests: { cpu: '2', memory: '1Gi', 'hugepages-2Mi': '6Mi' },
      limits: { 'hugepages-2Mi': '6Mi' },
    });
  });

  it('stay empty where nothing is said', () => {
    expect(ownResources('{}')).toHaveProperty('resources', {});
  });

  // pkg/apis/core/validation/validation.go `validatePodResourceConsistency`
  it('hold the huge pages of all containers', () => {
    expect(verdict(pod('  resources: {limits: {hugepages-2Mi: 2Mi}}'))).toEqual(
      [
        'spec.resources.requests[hugepages-2Mi]: Invalid value: "2Mi": must be greater than or equal to aggregate container requests of 4Mi',
        'spec.resources.limits[hugepages-2Mi]: Invalid value: "2Mi": must be greater than or equal to aggregate container limits of 4Mi',
        'spec.containers[0][hugepages-2Mi].limits: Invalid value: "4Mi": must be less than or equal to pod limits of 2Mi',
      ].map((line) => line.replace('spec.containers', 'spec.resources.containers')),
    );
  });
});

// pkg/apis/core/validation/validation.go `ValidateMatchLabelKeysAndMismatchLabelKeys`
describe('matchLabelKeys of a spread constraint', () => {
  const spread = (selector: string, keys: string) =>
    pod(
      `  topologySpreadConstraints: [{maxSkew: 1, topologyKey: zone, whenUnsatisfiable: DoNotSchedule, labelSelector: ${selector}, matchLabelKeys: ${keys}}]`,
    );

  it('become a part of the selector, which is no mistake', () => {
    expect(create([spread('{matchLabels: {app: web}}', '[tier]')]).body.spec).toHaveProperty(
      'topologySpreadConstraints.0.labelSelector',
      { matchLabels: { app: 'web' }, matchExpressions: [{ key: 'tier', operator: 'In', values: ['front'] }] },
    );
  });

  it('may not be in the selector as well', () => {
    expect(verdict(spread('{matchLabels: {app: web}}', '[app]'))).toEqual([
      'spec.topologySpreadConstraints[0][0]: Invalid value: "app": exists in both matchLabelKeys and labelSelector',
    ]);
  });
});
