import type { KubernetesVersion } from '@/kubernetes/api/kind';
import type { JsonObject, KubeObject } from '@/kubernetes/api/object';
import { type KubectlFacts, kubectlFacts } from '@/kubernetes/api/versions/kubectl';
import type { ResourceInfo } from '@/kubernetes/api/registry';
import type { ApiRequest, Verb } from '@/kubernetes/apiserver/request';
import type { Task } from '@/kubernetes/clock/task';
import { isStatus } from '@/kubernetes/apiserver/client';
import type { CommandContext } from './command';
import type { Flags } from './flags/flag-set';
import { KubectlError, StatusError } from './errors';
import { checkConfiguration } from './configuration';
import { type Kubeconfig, namespaceOf, readKubeconfig } from './kubeconfig';

/** A request without what every request of a run has in common. */
export type Ask = Partial<Omit<ApiRequest, 'verb' | 'user' | 'group' | 'version' | 'resource'>>;

/** One run of one command: its words, its connection to the cluster, and where it prints. */
export class Invocation {
  readonly kubeconfig: Kubeconfig;
  /** `--namespace`, else the current context's, else `default`. */
  readonly namespace: string;
  /** Whether `--namespace` was given: an object that names another one is then refused. */
  readonly namespaceGiven: boolean;
  private readonly user: string;
  private readonly groups: readonly string[];
  private readonly warned = new Set<string>();
  /** Requests whose answers have not been waited for. */
  private asked = 0;

  constructor(
    readonly context: CommandContext,
    readonly flags: Flags,
    /** `kubectl rollout status` */
    readonly path: string,
    /** What the command's `--help` prints. */
    readonly help: () => string,
  ) {
    this.kubeconfig = readKubeconfig(context, flags.string('kubeconfig'));
    this.namespaceGiven = flags.string('namespace') !== '';
    this.namespace = this.namespaceGiven
      ? flags.string('namespace')
      : namespaceOf(this.kubeconfig, flags.string('context') || undefined);
    this.user = flags.string('as') || 'kubernetes-admin';
    this.groups = flags.list('as-group');
    checkConfiguration(this);
  }

  /** The minor of the server, which is that of kubectl as well. */
  get minor(): KubernetesVersion {
    return this.context.cluster.world.kubernetes;
  }

  /** What this kubectl does in its own way. */
  get facts(): KubectlFacts {
    return kubectlFacts[this.minor];
  }

  get args(): readonly string[] {
    return this.flags.args;
  }

  /** Milliseconds since 1970. */
  get now(): number {
    const { clock } = this.context.cluster;
    return clock.epoch + clock.now;
  }

  get warnings(): number {
    return this.warned.size;
  }

  out(text: string): void {
    this.context.stdout(text);
  }

  err(text: string): void {
    this.context.stderr(text);
  }

  /** A server's warning: once per text and run. Upstream: client-go/rest/warnings.go. */
  warn(text: string): void {
    if (this.warned.has(text)) return;
    this.warned.add(text);
    this.err(`Warning: ${text}\n`);
  }

  /** Sends a request; warnings go to stderr. Throws StatusError when the server refuses. */
  request(verb: Verb, mapping: ResourceInfo, ask: Ask = {}): KubeObject {
    if (ask.name !== undefined && verb !== 'list') checkPathSegment(ask.name);
    const { group, version, plural: resource } = mapping;
    this.asked++;
    const response = this.context.cluster.api.handle({
      verb,
      group,
      version,
      resource,
      user: this.user,
      ...(this.groups.length > 0 ? { groups: this.groups } : {}),
      ...ask,
    });
    for (const warning of response.warnings) this.warn(warning);
    if (isStatus(response.body)) throw new StatusError(response.body);
    // Whatever is no refusal is an object or a list, both with kind and metadata.
    return response.body as KubeObject;
  }

  /** What a command with several objects does before the next one: it has waited for the answers about the last. */
  *answers(): Task<void> {
    const { clock, world } = this.context.cluster;
    const time = this.asked * world.latency.request;
    this.asked = 0;
    if (time > 0) yield { until: clock.now + time };
  }

  list(mapping: ResourceInfo, ask: Ask = {}): KubeObject[] {
    const body: JsonObject = this.request('list', mapping, ask);
    const items: unknown = body.items;
    // The items of a list object are objects of its kind; lists carry neither kind nor version inside.
    const found = Array.isArray(items) ? (items as KubeObject[]) : [];
    const apiVersion = mapping.group ? `${mapping.group}/${mapping.version}` : mapping.version;
    return found.map((item) => ({ ...item, apiVersion, kind: mapping.kind }));
  }

  /** A mistake in the use of the command. Upstream: kubectl/pkg/cmd/util/helpers.go `UsageErrorf`. */
  usage(text: string): KubectlError {
    return new KubectlError(`${text}\nSee '${this.path} -h' for help and examples`);
  }
}

/** Upstream: client-go/rest/request.go `Name` with apimachinery/pkg/api/validation/path `IsValidPathSegmentName`. */
function checkPathSegment(name: string): void {
  if (name === '') throw new KubectlError('resource name may not be empty');
  const problems: string[] = [];
  if (name === '.' || name === '..') problems.push(`may not be '${name}'`);
  for (const bad of ['/', '%']) if (name.includes(bad)) problems.push(`may not contain '${bad}'`);
  if (problems.length > 0) throw new KubectlError(`invalid resource name "${name}": [${problems.join(', ')}]`);
}
