import type { KubernetesVersion } from '../kind';

/** What the kubectl of a minor does otherwise than that of another. */
export interface KubectlFacts {
  /** The kustomize that is built in. Upstream: kubectl/go.mod */
  readonly kustomize: string;
  /** `-o kyaml` needs no switch: in 1.34 it is there with KUBECTL_KYAML=true only. Upstream: kubectl/pkg/cmd/util/helpers.go */
  readonly kyaml: boolean;
  /** Lines of kubectl/pkg/cmd/util/helpers.go `GetDryRunStrategy`, as klog names them: for no value, true, false. */
  readonly dryRunLines: readonly [none: number, yes: number, no: number];
  /** `debug --profile` where none is given, and what is said of the oldest. Upstream: kubectl/pkg/cmd/debug/debug.go */
  readonly debugProfile: 'legacy' | 'general';
  readonly legacyProfileWarning: string;
  /**
   * A refused upgrade whose body is a Status is reported as that Status. Upstream: client-go/transport/spdy `Negotiate`,
   * replaced by k8s.io/streaming in 1.36.
   */
  readonly readsRefusedUpgrade: boolean;
  /** `apply --dry-run=client` compares with the live object. Upstream: kubectl/pkg/cmd/apply/patcher.go `PatchLocal` */
  readonly comparesOnClientDryRun: boolean;
  /** Several objects are described without their events. Upstream: kubectl/pkg/cmd/describe/describe.go */
  readonly hidesEventsOfMany: boolean;
  /** `rollout undo` warns of objects that were applied. Upstream: kubectl/pkg/cmd/rollout/rollout_undo.go */
  readonly warnsOfUndoneApply: boolean;
  /** `scale` says that nothing was scaled before it says why. Upstream: kubectl/pkg/cmd/scale/scale.go */
  readonly saysNothingScaled: boolean;
  /** A ServiceAccount's secrets and tokens are described. Upstream: kubectl/pkg/describe/describe.go */
  readonly describesTokens: boolean;
  /** A node's own ResourceSlices are described, and no kube-proxy any more. Upstream: kubectl/pkg/describe/describe.go */
  readonly describesSlices: boolean;
  readonly describesKubeProxy: boolean;
  /** A CronJob's time zone and a Service port's protocol are described. Upstream: kubectl/pkg/describe/describe.go */
  readonly describesTimeZone: boolean;
  /** `wait` takes `--for` several times. Upstream: kubectl/pkg/cmd/wait/wait.go */
  readonly waitsForSeveral: boolean;
  /** Help calls `wait` an experiment. */
  readonly experimentsWithWait: boolean;
  /** There is `kubectl kuberc`: 1.35 has it below `alpha`, where it is not simulated. Upstream: kubectl/pkg/cmd/cmd.go */
  readonly kuberc: boolean;
}

const of136: KubectlFacts = {
  kustomize: 'v5.8.1',
  kyaml: true,
  dryRunLines: [719, 733, 736],
  debugProfile: 'general',
  legacyProfileWarning:
    '--profile=legacy is deprecated and planned to be removed in v1.39. It is recommended to specify other profile, for example "--profile=general".',
  readsRefusedUpgrade: false,
  comparesOnClientDryRun: true,
  hidesEventsOfMany: true,
  warnsOfUndoneApply: true,
  saysNothingScaled: false,
  describesTokens: false,
  describesSlices: true,
  describesKubeProxy: false,
  describesTimeZone: true,
  waitsForSeveral: true,
  experimentsWithWait: false,
  kuberc: true,
};

const of135: KubectlFacts = {
  ...of136,
  kustomize: 'v5.7.1',
  debugProfile: 'legacy',
  legacyProfileWarning:
    '--profile=legacy is deprecated and will be removed in the future. It is recommended to explicitly specify a profile, for example "--profile=general".',
  readsRefusedUpgrade: true,
  comparesOnClientDryRun: false,
  hidesEventsOfMany: false,
  warnsOfUndoneApply: false,
  describesSlices: false,
  describesKubeProxy: true,
  describesTimeZone: false,
  waitsForSeveral: false,
  kuberc: false,
};

const of134: KubectlFacts = {
  ...of135,
  kyaml: false,
  dryRunLines: [731, 745, 748],
  describesTokens: true,
  saysNothingScaled: true,
  experimentsWithWait: true,
};

/** kubectl is always of the server's minor. */
export const kubectlFacts: Readonly<Record<KubernetesVersion, KubectlFacts>> = {
  '1.34': of134,
  '1.35': of135,
  '1.36': of136,
};
