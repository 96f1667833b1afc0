import type { Event, Pod } from '@/kubernetes/api/generated/core-v1';
import { controllerOf, isObject, type KubeObject, type ResourceName } from '@/kubernetes/api/object';
import { Cluster } from '@/kubernetes/cluster';
import type { Speaker } from './finding';
import { submit, type Submission } from './api-stage';
import { assumeNamespace, welcome } from './namespaces';
import type { CheckOptions } from './options';
import { remark, type Remark } from './remark';
import type { ServerAnswer } from './server-answer';
import { hostPortOf, podSubject } from './subject';
import type { FieldPath } from '@/manifest/manifest';

/** Reasons of events worth telling, with their speaker and lesson. */
const telling: Readonly<Record<string, { speaker: Speaker; lesson?: string }>> = {
  FailedScheduling: { speaker: 'scheduler', lesson: 'l05' },
  FailedCreate: { speaker: 'admission', lesson: 'l15' },
  NodePorts: { speaker: 'kubelet', lesson: 'l07' },
  FailedCreatePodSandBox: { speaker: 'kubelet' },
  InspectFailed: { speaker: 'kubelet', lesson: 'l09' },
  FailedMount: { speaker: 'kubelet' },
};

/** Virtual milliseconds that pass between two moments at which the host may take a turn. */
const stride = 250;

/**
 * Plays the accepted documents on the cluster they are meant for, which has been up for a while, and tells what goes
 * wrong within `options.forecast` seconds, in the words of the one who says it. Each kind of trouble is told once per
 * workload. Yields between documents and between strides of virtual time.
 */
export function* forecast(answer: ServerAnswer, options: CheckOptions): Generator<void, Remark[]> {
  const seconds = options.forecast ?? 120;
  const wanted = answer.submissions.filter((one) => one.accepted);
  if (seconds <= 0 || wanted.length === 0) return [];
  const world = { ...options.world, kubernetes: answer.kubernetes };
  const cluster = new Cluster(world, { images: options.images, settled: 30_000 });
  yield;
  const begun = cluster.clock.now;
  const submissions: Submission[] = [];
  for (const { document } of wanted) {
    assumeNamespace(document.value, cluster, options);
    const submission = submit(document, cluster);
    welcome(submission.accepted, cluster);
    submissions.push(submission);
    yield;
  }
  for (let passed = 0; passed < seconds * 1000; passed += stride) {
    cluster.advance(Math.min(stride, seconds * 1000 - passed));
    yield;
  }
  return troubles(submissions, cluster, begun);
}

function troubles(submissions: readonly Submission[], cluster: Cluster, begun: number): Remark[] {
  const told = new Map<string, Remark>();
  const tell = (
    about: KubeObject | undefined,
    code: string,
    speaker: Speaker,
    message: string,
    at: number,
    lesson?: string,
  ) => {
    const root = about && rootOf(cluster, about);
    const submission = root && submissions.find((one) => sameObject(one.accepted, root));
    const key = `${root?.kind}/${root?.metadata.name}/${code}`;
    if (!submission || told.has(key)) return;
    const found = remark(submission.document, `${root.kind}/${root.metadata.name}`, {
      code,
      speaker,
      message,
      path: culprit(submission, code, message),
    });
    told.set(key, { ...found, at: Math.max(0, Math.round((at - begun) / 1000)), ...(lesson ? { lesson } : {}) });
  };
  for (const event of cluster.store.list('events')) {
    const known = event.type === 'Warning' ? telling[event.reason ?? ''] : undefined;
    if (!known) continue;
    const at = cluster.clock.parse(event.eventTime ?? event.firstTimestamp) ?? begun;
    tell(subjectOf(cluster, event), event.reason ?? '', known.speaker, event.message ?? '', at, known.lesson);
  }
  for (const pod of cluster.store.list('pods')) {
    const crash = crashOf(pod);
    if (!crash) continue;
    const at = cluster.clock.parse(crash.finishedAt) ?? begun;
    const text = `container "${crash.container}" exited with ${crash.exitCode} (${crash.reason}) and is started again with growing pauses`;
    tell(pod, 'CrashLoopBackOff', 'kernel', text, at, 'l04');
  }
  return [...told.values()];
}

/** The field of the manifest that the trouble is about, where one is: the host port, `nodeName`, the container. */
function culprit({ document }: Submission, code: string, message: string): FieldPath {
  const subject = isObject(document.value) ? podSubject(document.value) : undefined;
  if (!subject) return [];
  const { spec, path } = subject;
  if (code === 'NodePorts' && spec.nodeName) return [...path, 'nodeName'];
  if (code === 'CrashLoopBackOff') {
    const index = spec.containers.findIndex(({ name }) => message.includes(`"${name}"`));
    return index < 0 ? [] : [...path, 'containers', index];
  }
  // pkg/scheduler/framework/plugins/nodeports/node_ports.go `ErrReason`
  if (!message.includes("didn't have free ports")) return [];
  const held = subject.ports.find(({ port }) => hostPortOf(spec, port) > 0);
  return held ? [...held.path, held.port.hostPort ? 'hostPort' : 'containerPort'] : [];
}

function crashOf(pod: Pod) {
  for (const status of pod.status.containerStatuses ?? []) {
    const ended = status.lastState?.terminated ?? status.state?.terminated;
    if (ended && ended.exitCode !== 0 && pod.spec.restartPolicy !== 'Never') {
      return {
        container: status.name,
        exitCode: ended.exitCode,
        reason: ended.reason ?? 'Error',
        finishedAt: ended.finishedAt,
      };
    }
  }
  return undefined;
}

const resourceOfKind: Readonly<Record<string, ResourceName>> = {
  Pod: 'pods',
  ReplicaSet: 'replicasets.apps',
  Deployment: 'deployments.apps',
  DaemonSet: 'daemonsets.apps',
  StatefulSet: 'statefulsets.apps',
  Job: 'jobs.batch',
  CronJob: 'cronjobs.batch',
};

function find(cluster: Cluster, kind: string, namespace: string | undefined, name: string): KubeObject | undefined {
  const resource = resourceOfKind[kind];
  return resource && cluster.store.get(resource, namespace, name);
}

function subjectOf(cluster: Cluster, event: Event): KubeObject | undefined {
  const { kind = '', namespace, name = '' } = event.involvedObject;
  return find(cluster, kind, namespace, name);
}

/** Follows owners up to the object that was applied. */
function rootOf(cluster: Cluster, object: KubeObject): KubeObject {
  const owner = controllerOf(object);
  const above = owner && find(cluster, owner.kind, object.metadata.namespace, owner.name);
  return above ? rootOf(cluster, above) : object;
}

function sameObject(accepted: Submission['accepted'], object: KubeObject): boolean {
  if (!accepted || accepted.kind !== object.kind) return false;
  const { metadata } = accepted;
  return typeof metadata === 'object' && metadata !== null && 'uid' in metadata && metadata.uid === object.metadata.uid;
}
