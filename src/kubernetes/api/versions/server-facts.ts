import type { KubernetesVersion } from '../kind';

/** What the API server and the node of a minor do otherwise than those of another. */
export interface ServerFacts {
  /** The patch release that `kubectl version` and `get nodes` print. */
  readonly release: string;
  /** The kubelet names the container in `Created` and `Started`. Upstream: pkg/kubelet/kuberuntime/kuberuntime_container.go */
  readonly eventsNameContainer: boolean;
  /** What follows `already present on machine`. Upstream: pkg/kubelet/images/image_manager.go */
  readonly presentImage: string;
  /** The kubelet looks at one Pod out of turn. Upstream: pkg/kubelet/pleg, feature gate PLEGOnDemandRelist */
  readonly relistsOnDemand: boolean;
  /** The kubelet tells of a sandbox before it pulls images. Upstream: pkg/kubelet/kubelet.go `OnPodSandboxReady` */
  readonly tellsOfSandbox: boolean;
  /** Feature gate InPlacePodLevelResourcesVerticalScaling. Upstream: pkg/kubelet/kubelet_pods.go */
  readonly reportsPodResources: boolean;
  /** Feature gate RestartAllContainersOnContainerExits. Upstream: pkg/kubelet/container/helpers.go */
  readonly restartsAll: boolean;
  /** What a node says that it can do. Upstream: staging/src/k8s.io/component-helpers/nodedeclaredfeatures */
  readonly declaredFeatures?: readonly string[];
  /** Feature gate ClearingNominatedNodeNameAfterBinding. Upstream: pkg/registry/core/pod/storage/storage.go */
  readonly bindingClearsNomination: boolean;
  /** A Service may be called like a Pod: a digit may come first. Upstream: feature gate RelaxedServiceNameValidation */
  readonly relaxedServiceNames: boolean;
  /** Upstream: pkg/api/service/warnings.go */
  readonly warnsOfExternalIPs: boolean;
  readonly warnsOfPreferClose: boolean;
  /** What is missing is called required, not invalid. Upstream: pkg/apis/node/validation, pkg/apis/autoscaling/validation */
  readonly saysRequired: boolean;
  /** Feature gates MutablePodResourcesForSuspendedJobs and MutableSchedulingDirectivesForSuspendedJobs */
  readonly mutableSuspendedJobs: boolean;
}

const of136: ServerFacts = {
  release: 'v1.36.2',
  eventsNameContainer: false,
  presentImage: ' and can be accessed by the pod',
  relistsOnDemand: true,
  tellsOfSandbox: true,
  reportsPodResources: true,
  restartsAll: true,
  declaredFeatures: [
    'ExtendWebSocketsToKubelet',
    'InPlacePodLevelResourcesVerticalScaling',
    'InPlacePodVerticalScalingInitContainers',
    'RestartAllContainersOnContainerExits',
  ],
  bindingClearsNomination: true,
  relaxedServiceNames: true,
  warnsOfExternalIPs: true,
  warnsOfPreferClose: true,
  saysRequired: true,
  mutableSuspendedJobs: true,
};

const of135: ServerFacts = {
  ...of136,
  release: 'v1.35.4',
  relistsOnDemand: false,
  tellsOfSandbox: false,
  reportsPodResources: false,
  restartsAll: false,
  declaredFeatures: undefined,
  relaxedServiceNames: false,
  warnsOfExternalIPs: false,
  saysRequired: false,
  mutableSuspendedJobs: false,
};

const of134: ServerFacts = {
  ...of135,
  release: 'v1.34.4',
  eventsNameContainer: true,
  presentImage: '',
  bindingClearsNomination: false,
  warnsOfPreferClose: false,
};

export const serverFacts: Readonly<Record<KubernetesVersion, ServerFacts>> = {
  '1.34': of134,
  '1.35': of135,
  '1.36': of136,
};
