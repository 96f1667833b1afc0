import { isObject, type KubeObject } from '@/kubernetes/api/object';
import { parseQuantity, quantityFormatError } from '@/kubernetes/api/quantity';
import { KubectlError, throwAll } from '../../errors';
import { bool, int, slice, string } from '../../flags/flag';
import type { Invocation } from '../../invocation';
import { labelSelectorOf } from '../../metadata/label-selector';
import { errorsOf, infosOf, namedEntries } from '../../resource/builder';
import type { Generator } from './generator';

function commandAfterName(invocation: Invocation): string[] {
  return invocation.args.slice(1);
}

/** The last part of an image's name without tag: what the container is called. Upstream: create_deployment.go. */
function containerName(image: string): string {
  const last = image.split('/').pop() ?? image;
  return (last.split('@')[0] ?? '').split(':')[0] ?? '';
}

export const deployment: Generator = {
  name: 'deployment',
  aliases: ['deploy'],
  short: 'Create a deployment with the specified name',
  flags: [slice('image'), int('port', -1, 'int32'), int('replicas', 1, 'int32', 'r')],
  required: ['image'],
  failure: 'failed to create deployment: ',
  extraArgs: true,
  make(name, invocation) {
    const { flags } = invocation;
    const images = flags.list('image');
    const command = commandAfterName(invocation);
    if (images.length > 1 && command.length > 0)
      throw new KubectlError('cannot specify multiple --image options and command');
    const port = flags.number('port');
    const labels = { app: name };
    const containers = images.map((image, i) => ({
      name: containerName(image),
      image,
      resources: {},
      ...(command.length > 0 ? { command } : {}),
      // Upstream: create_deployment.go `buildPodSpec`: the port is the first container's.
      ...(port >= 0 && i === 0 ? { ports: [{ containerPort: port }] } : {}),
    }));
    return {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name, labels },
      spec: {
        replicas: flags.number('replicas'),
        selector: { matchLabels: labels },
        strategy: {},
        template: { metadata: { labels }, spec: { containers } },
      },
      status: {},
    };
  },
};

export const job: Generator = {
  name: 'job',
  short: 'Create a job with the specified name',
  flags: [string('image'), string('from')],
  failure: 'failed to create job: ',
  extraArgs: true,
  make(name, invocation) {
    const { flags } = invocation;
    const image = flags.string('image');
    const from = flags.string('from');
    const command = commandAfterName(invocation);
    if (image === '' && from === '') throw new KubectlError('either --image or --from must be specified');
    if (image !== '' && from !== '') throw new KubectlError('either --image or --from must be specified');
    if (from !== '') {
      if (command.length > 0) throw new KubectlError('cannot specify --from and command');
      return fromCronJob(name, from, invocation);
    }
    const container = { name, image, resources: {}, ...(command.length > 0 ? { command } : {}) };
    return {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name },
      spec: { template: { metadata: {}, spec: { containers: [container], restartPolicy: 'Never' } } },
      status: {},
    };
  },
};

/** Upstream: create_job.go `createJobFromCronJob`. */
function fromCronJob(name: string, from: string, invocation: Invocation) {
  const entries = namedEntries(invocation, { words: [from] });
  throwAll(errorsOf(entries));
  const [cron] = infosOf(entries).map((info) => info.object);
  if (!cron) throw new KubectlError('from must be an existing cronjob');
  if (cron.kind !== 'CronJob') {
    // Go's `%T` of a typed object: its package is named after the version.
    const [, version = cron.apiVersion] = cron.apiVersion.split('/');
    throw new KubectlError(`unknown object type *${version}.${cron.kind}`);
  }
  const spec = isObject(cron.spec) && isObject(cron.spec.jobTemplate) ? cron.spec.jobTemplate : {};
  // The API server gave it: a template of a Job.
  const template = spec as { metadata?: Partial<KubeObject['metadata']>; spec?: unknown };
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name,
      annotations: { ...template.metadata?.annotations, 'cronjob.kubernetes.io/instantiate': 'manual' },
      ...(template.metadata?.labels ? { labels: template.metadata.labels } : {}),
      ownerReferences: [
        { apiVersion: 'batch/v1', kind: 'CronJob', name: cron.metadata.name, uid: cron.metadata.uid, controller: true },
      ],
    },
    spec: template.spec,
    status: {},
  };
}

export const cronJob: Generator = {
  name: 'cronjob',
  aliases: ['cj'],
  short: 'Create a cron job with the specified name',
  flags: [string('image'), string('schedule'), string('restart')],
  required: ['image', 'schedule'],
  failure: 'failed to create cronjob: ',
  extraArgs: true,
  make(name, invocation) {
    const { flags } = invocation;
    const command = commandAfterName(invocation);
    const image = flags.string('image');
    const container = { name, image, resources: {}, ...(command.length > 0 ? { command } : {}) };
    const restartPolicy = flags.string('restart') || 'OnFailure';
    return {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: { name },
      spec: {
        jobTemplate: {
          metadata: { name },
          spec: { template: { metadata: {}, spec: { containers: [container], restartPolicy } } },
        },
        schedule: flags.string('schedule'),
      },
      status: {},
    };
  },
};

export const podDisruptionBudget: Generator = {
  name: 'poddisruptionbudget',
  aliases: ['pdb'],
  short: 'Create a pod disruption budget with the specified name',
  flags: [string('min-available'), string('max-unavailable'), string('selector')],
  failure: 'failed to create poddisruptionbudgets: ',
  make(name, { flags }) {
    const selector = flags.string('selector');
    const least = flags.string('min-available');
    const most = flags.string('max-unavailable');
    if (selector === '') throw new KubectlError('a selector must be specified');
    if (least === '' && most === '')
      throw new KubectlError('one of min-available or max-unavailable must be specified');
    if (least !== '' && most !== '')
      throw new KubectlError('min-available and max-unavailable cannot be both specified');
    for (const flag of ['min-available', 'max-unavailable']) {
      if (!/^([0-9]+%?)?$/.test(flags.string(flag))) throw new KubectlError(`invalid format specified for ${flag}`);
    }
    const amount = (text: string) => (/^\d+$/.test(text) ? Number(text) : text);
    return {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { name },
      spec: {
        ...(least === '' ? { maxUnavailable: amount(most) } : { minAvailable: amount(least) }),
        selector: labelSelectorOf(selector),
      },
      status: { currentHealthy: 0, desiredHealthy: 0, disruptionsAllowed: 0, expectedPods: 0 },
    };
  },
};

export const priorityClass: Generator = {
  name: 'priorityclass',
  aliases: ['pc'],
  short: 'Create a priority class with the specified name',
  flags: [
    int('value', 0, 'int32'),
    bool('global-default'),
    string('description'),
    string('preemption-policy', undefined, 'PreemptLowerPriority'),
  ],
  failure: 'failed to create priorityclass: ',
  make(name, { flags }) {
    const description = flags.string('description');
    return {
      apiVersion: 'scheduling.k8s.io/v1',
      kind: 'PriorityClass',
      metadata: { name },
      value: flags.number('value'),
      ...(flags.bool('global-default') ? { globalDefault: true } : {}),
      ...(description ? { description } : {}),
      preemptionPolicy: flags.string('preemption-policy'),
    };
  },
};

export const quota: Generator = {
  name: 'quota',
  aliases: ['resourcequota'],
  short: 'Create a quota with the specified name',
  flags: [string('hard'), string('scopes')],
  failure: 'failed to create quota: ',
  make(name, { flags }) {
    const hard = flags.string('hard');
    const scopes = flags.string('scopes');
    const pairs = hard === '' ? [] : hard.split(',').map(amountOf);
    if (scopes.split(',').length > 1 && scopes.split(',').includes('')) {
      throw new KubectlError('invalid resource quota scope ""');
    }
    return {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name },
      spec: {
        ...(pairs.length > 0 ? { hard: Object.fromEntries(pairs) } : {}),
        ...(scopes ? { scopes: scopes.split(',') } : {}),
      },
      status: {},
    };
  },
};

/** `cpu=1`. Throws for what is no pair, or no amount. */
function amountOf(text: string): readonly [resource: string, amount: string] {
  const [resource = '', amount = '', ...more] = text.split('=');
  if (!text.includes('=') || more.length > 0)
    throw new KubectlError(`Invalid argument syntax ${text}, expected <resource>=<value>`);
  if (!parseQuantity(amount)) throw new KubectlError(quantityFormatError);
  return [resource, amount];
}
