import type { ResourceInfo } from '@/kubernetes/api/registry';
import type { Task } from '@/kubernetes/clock/task';
import type { CommandDefinition } from '../command-tree';
import { KubectlError } from '../errors';
import { bool, duration, slice, string } from '../flags/flag';
import { printFlags } from '../flags/global-flags';
import { printTable } from '../output/table';
import { toYaml } from '../output/yaml';
import { serverAddress } from '../kubeconfig';
import { clientVersion, serverVersion } from '../version';
import { preferredResources, resourceText, servedResources } from '../resource/mapping';
import { apiVersionOf } from '../resource/info';

/** Upstream: kubectl/pkg/cmd/apiresources/apiresources.go. */
export const apiResources: CommandDefinition = {
  name: 'api-resources',
  short: 'Print the supported API resources on the server',
  flags: [
    string('output', 'o'),
    bool('show-managed-fields'),
    bool('no-headers'),
    string('api-group'),
    bool('namespaced', undefined, true),
    slice('verbs'),
    slice('categories'),
    string('sort-by'),
    bool('cached'),
  ],
  *run(invocation): Task<void> {
    const { flags } = invocation;
    if (flags.args.length > 0) throw invocation.usage(`unexpected arguments: [${flags.args.join(' ')}]`);
    const output = flags.string('output');
    if (!['', 'wide', 'name', 'json', 'yaml'].includes(output)) {
      const allowed = `json,${invocation.facts.kyaml ? 'kyaml,' : ''}name,wide,yaml`;
      throw new KubectlError(
        `unable to match a printer suitable for the output format "${output}", allowed formats are: ${allowed}`,
      );
    }
    const chosen = preferredResources(invocation.minor)
      .filter((info) => !flags.changed('api-group') || info.group === flags.string('api-group'))
      .filter((info) => !flags.changed('namespaced') || info.namespaced === flags.bool('namespaced'))
      .filter((info) => flags.list('verbs').every((verb) => info.verbs.includes(verb)))
      .filter((info) => flags.list('categories').every((category) => info.categories.includes(category)));
    const sorted = sortedResources(chosen, flags.string('sort-by'));
    if (output === 'name') {
      invocation.out(sorted.map((info) => `${resourceText(info)}\n`).join(''));
      return;
    }
    const wide = output === 'wide';
    const head = ['NAME', 'SHORTNAMES', 'APIVERSION', 'NAMESPACED', 'KIND', ...(wide ? ['VERBS', 'CATEGORIES'] : [])];
    const rows = sorted.map((info) => [
      info.plural,
      info.shortNames.join(','),
      apiVersionOf(info),
      String(info.namespaced),
      info.kind,
      ...(wide ? [info.verbs.join(','), info.categories.join(',')] : []),
    ]);
    invocation.out(printTable(flags.bool('no-headers') ? rows : [head, ...rows]));
  },
};

/** By group, then name; or as `--sort-by` says. */
function sortedResources(list: readonly ResourceInfo[], by: string): ResourceInfo[] {
  if (by !== '' && by !== 'name' && by !== 'kind') throw new KubectlError('--sort-by accepts only name or kind');
  const key = (info: ResourceInfo) =>
    by === 'kind' ? info.kind : by === 'name' ? info.plural : `${info.group}\u0000${info.plural}`;
  return [...list].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}

/** Upstream: kubectl/pkg/cmd/apiresources/apiversions.go. */
export const apiVersions: CommandDefinition = {
  name: 'api-versions',
  short: 'Print the supported API versions on the server, in the form of "group/version"',
  *run(invocation): Task<void> {
    if (invocation.args.length > 0) throw invocation.usage(`unexpected arguments: [${invocation.args.join(' ')}]`);
    const versions = new Set(servedResources(invocation.minor).map(apiVersionOf));
    invocation.out(
      [...versions]
        .sort()
        .map((one) => `${one}\n`)
        .join(''),
    );
  },
};

/** Upstream: kubectl/pkg/cmd/version/version.go. Commit and dates are those of no build at all. */
export const version: CommandDefinition = {
  name: 'version',
  short: 'Print the client and server version information',
  flags: [bool('client'), string('output', 'o')],
  *run(invocation): Task<void> {
    const { flags, context, facts } = invocation;
    const { release } = context.cluster.world;
    const { kustomize: kustomizeVersion } = facts;
    if (flags.args.length > 0) throw new KubectlError(`extra arguments: [${flags.args.join(' ')}]`);
    const output = flags.string('output');
    if (!['', 'json', 'yaml'].includes(output)) throw new KubectlError("--output must be 'yaml' or 'json'");
    const client = flags.bool('client');
    if (output === '') {
      invocation.out(`Client Version: ${release}\nKustomize Version: ${kustomizeVersion}\n`);
      if (!client) invocation.out(`Server Version: ${release}\n`);
      return;
    }
    const value = {
      clientVersion: clientVersion(context.cluster.world),
      kustomizeVersion,
      ...(client ? {} : { serverVersion: serverVersion(context.cluster.world) }),
    };
    invocation.out(output === 'yaml' ? `${toYaml(value)}\n` : `${JSON.stringify(value, null, 2)}\n`);
  },
};

/** Upstream: kubectl/pkg/cmd/clusterinfo/clusterinfo.go. */
export const clusterInfo: CommandDefinition = {
  name: 'cluster-info',
  short: 'Display cluster information',
  commands: [
    {
      name: 'dump',
      short: 'Dump relevant information for debugging and diagnosis',
      flags: [
        ...printFlags.map((flag) => (flag.name === 'output' ? string('output', 'o', 'json') : flag)),
        bool('all-namespaces', 'A'),
        slice('namespaces'),
        string('output-directory'),
        duration('pod-running-timeout', 20_000),
      ],
      *run(): Task<void> {
        throw new KubectlError('cluster-info dump is not simulated; kubectl get -A -o yaml shows the same objects');
      },
    },
  ],
  *run(invocation): Task<void> {
    const server = serverAddress(invocation.context);
    invocation.out(`Kubernetes control plane is running at https://${server}\n`);
    invocation.out("\nTo further debug and diagnose cluster problems, use 'kubectl cluster-info dump'.\n");
  },
};
