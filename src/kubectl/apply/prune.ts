import type { ResourceInfo } from '@/kubernetes/api/registry';
import { KubectlError } from '../errors';
import type { Ask, Invocation } from '../invocation';
import { type DryRun, dryRunSuffix, logWarning } from '../options';
import { resultLine } from '../output/printer';
import { servedResources } from '../resource/mapping';
import { lastApplied } from './last-applied';

/** What a run of `apply` went through, by uid. */
interface Visited {
  readonly visited: ReadonlySet<string | undefined>;
  readonly dryRun: DryRun;
}

// kubectl/pkg/cmd/apply/prune.go and kubectl/pkg/util/prune/prune.go: in this order.
const pruned = [
  'configmaps',
  'endpoints',
  'persistentvolumeclaims',
  'pods',
  'replicationcontrollers',
  'secrets',
  'services',
  'jobs.batch',
  'cronjobs.batch',
  'ingresses.networking.k8s.io',
  'daemonsets.apps',
  'deployments.apps',
  'replicasets.apps',
  'statefulsets.apps',
];

/** The kinds of `--prune-allowlist`. Upstream: kubectl/pkg/util/prune/prune.go `ParseResources`. Throws. */
export function allowedKinds({ flags, minor }: Invocation): ResourceInfo[] {
  return [...flags.list('prune-allowlist'), ...flags.list('prune-whitelist')].map((text) => {
    const parts = text.split('/');
    const [group = '', version = '', kind = ''] = parts;
    if (parts.length !== 3) {
      throw new KubectlError(`invalid GroupVersionKind format: ${text}, please follow <group/version/kind>`);
    }
    const own = group === 'core' ? '' : group;
    const found = servedResources(minor).find(
      (info) => info.group === own && info.version === version && info.kind === kind,
    );
    const apiVersion = own ? `${own}/${version}` : version;
    if (!found) throw new KubectlError(`no matches for kind "${kind}" in version "${apiVersion}"`);
    return found;
  });
}

/** Deletes what was applied before and is no longer in the files. */
export function prune(invocation: Invocation, { visited, dryRun }: Visited): void {
  const { flags } = invocation;
  const allowed = allowedKinds(invocation);
  if (allowed.length === 0) {
    logWarning(
      invocation,
      'prune.go:71',
      'Deprecated: kubectl apply will no longer prune non-namespaced resources by default when used with the --namespace flag in a future release. To preserve the current behaviour, list the resources you want to target explicitly in the --prune-allowlist flag.',
    );
  }
  const wanted =
    allowed.length > 0 ? allowed : servedResources(invocation.minor).filter((info) => pruned.includes(info.name));
  for (const mapping of wanted) {
    const selector = flags.string('selector');
    const ask: Ask = { namespace: mapping.namespaced ? invocation.namespace : undefined };
    for (const object of invocation.list(mapping, selector ? { ...ask, labelSelector: selector } : ask)) {
      const { name, namespace, uid, annotations } = object.metadata;
      if (annotations?.[lastApplied] === undefined || visited.has(uid)) continue;
      if (dryRun === 'none') {
        invocation.request('delete', mapping, { namespace, name, propagationPolicy: 'Background' });
      }
      invocation.out(resultLine(object, 'pruned', dryRunSuffix(dryRun)));
    }
  }
}
