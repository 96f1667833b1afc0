import type { Container } from '@/kubernetes/api/generated/core-v1';
import { isObject } from '@/kubernetes/api/object';
import { parseLabelSelector } from '@/kubernetes/apiserver/label-selector';
import type { Task } from '@/kubernetes/clock/task';
import type { CommandDefinition } from '../../command-tree';
import { KubectlError } from '../../errors';
import { array, slice, string } from '../../flags/flag';
import type { Invocation } from '../../invocation';
import { hasFiles, missingResource } from '../../resource/builder';
import { subjectsOf } from '../create/rbac';
import { env } from './env';
import { changeObjects, changePodSpecs, selectContainers, setEntries, setFlags } from './template';

/** Words that name objects, and the `key=value` words behind them. */
function split(args: readonly string[]): { words: string[]; pairs: string[] } {
  const first = args.findIndex((word) => word.includes('='));
  return first < 0 ? { words: [...args], pairs: [] } : { words: args.slice(0, first), pairs: args.slice(first) };
}

/** Upstream: kubectl/pkg/cmd/set/set_image.go. */
const image: CommandDefinition = {
  name: 'image',
  short: 'Update the image of a pod template',
  usage: '(-f FILENAME | TYPE NAME) CONTAINER_NAME_1=CONTAINER_IMAGE_1 ... CONTAINER_NAME_N=CONTAINER_IMAGE_N',
  flags: setFlags,
  *run(invocation): Task<void> {
    const { words, pairs } = split(invocation.args);
    if (words.length === 0 && !hasFiles(invocation)) throw new KubectlError(missingResource);
    const entries = setEntries(invocation, words);
    if (pairs.length === 0) throw new KubectlError('at least one image update is required');
    const images = pairs.map((pair) => {
      const equals = pair.indexOf('=');
      return [pair.slice(0, equals), pair.slice(equals + 1)] as const;
    });
    yield* changePodSpecs(invocation, entries, 'image', (spec) => {
      for (const [name, value] of images) {
        const chosen = selectContainers(spec, name);
        if (chosen.length === 0) throw new KubectlError(`unable to find container named "${name}"`);
        for (const container of chosen) container.image = value;
      }
    });
  },
};

/** Upstream: set_resources.go. */
const resources: CommandDefinition = {
  name: 'resources',
  short: 'Update resource requests/limits on objects with pod templates',
  usage: '(-f FILENAME | TYPE NAME)  ([--limits=LIMITS & --requests=REQUESTS]',
  flags: [...setFlags, string('limits'), string('requests'), string('containers', 'c', '*')],
  *run(invocation): Task<void> {
    const { flags } = invocation;
    if (flags.string('limits') === '' && flags.string('requests') === '') {
      throw new KubectlError('you must specify an update to requests or limits (in the form of --requests/--limits)');
    }
    const limits = amounts(flags.string('limits'));
    const requests = amounts(flags.string('requests'));
    const entries = setEntries(invocation, flags.args);
    yield* changePodSpecs(invocation, entries, 'resource requirements', (spec) => {
      const chosen = selectContainers(spec, flags.string('containers'));
      if (chosen.length === 0) throw new KubectlError(`unable to find container named "${flags.string('containers')}"`);
      for (const container of chosen) merge(container, limits, requests);
    });
  },
};

function amounts(text: string): Record<string, string> {
  if (text === '') return {};
  return Object.fromEntries(
    text.split(',').map((pair) => {
      const [name = '', value, more] = pair.split('=');
      if (value === undefined || more !== undefined) {
        throw new KubectlError(`Invalid argument syntax ${pair}, expected <resource>=<quantity>`);
      }
      return [name, value];
    }),
  );
}

function merge(container: Container, limits: Record<string, string>, requests: Record<string, string>): void {
  const before = container.resources ?? {};
  container.resources = {
    ...before,
    ...(Object.keys(limits).length > 0 ? { limits: { ...before.limits, ...limits } } : {}),
    ...(Object.keys(requests).length > 0 ? { requests: { ...before.requests, ...requests } } : {}),
  };
}

/** Upstream: set_serviceaccount.go. */
const serviceAccount: CommandDefinition = {
  name: 'serviceaccount',
  aliases: ['sa'],
  short: 'Update the service account of a resource',
  usage: '(-f FILENAME | TYPE NAME) SERVICE_ACCOUNT',
  flags: setFlags,
  *run(invocation): Task<void> {
    const words = [...invocation.args];
    const name = words.pop();
    if (name === undefined) throw new KubectlError('serviceaccount is required');
    yield* changePodSpecs(invocation, setEntries(invocation, words), 'serviceaccount', (spec) => {
      spec.serviceAccountName = name;
      spec.serviceAccount = name;
    });
  },
};

/** Upstream: set_selector.go. Services only: other kinds' selectors cannot change. */
const selector: CommandDefinition = {
  name: 'selector',
  short: 'Set the selector on a resource',
  usage: '(-f FILENAME | TYPE NAME) EXPRESSIONS [--resource-version=version]',
  flags: [...setFlags, string('resource-version')],
  *run(invocation): Task<void> {
    const words = [...invocation.args];
    const text = words.pop() ?? '';
    const parsed = parseLabelSelector(text);
    if ('problem' in parsed) throw new KubectlError(`couldn't parse the selector string "${text}": ${parsed.problem}`);
    const labels = Object.fromEntries(text.split(',').map((pair) => pair.split(/==?/) as [string, string]));
    yield* changeObjects(invocation, setEntries(invocation, words), 'selector', (object) => {
      if (object.kind !== 'Service' || !isObject(object.spec))
        throw new KubectlError('setting a selector is only supported for Services');
      object.spec.selector = labels;
    });
  },
};

/** Upstream: set_subject.go. */
const subject: CommandDefinition = {
  name: 'subject',
  short: 'Update the user, group, or service account in a role binding or cluster role binding',
  usage:
    '(-f FILENAME | TYPE NAME) [--user=username] [--group=groupname] [--serviceaccount=namespace:serviceaccountname] [--dry-run=server|client|none]',
  flags: [...setFlags, slice('user'), slice('group'), array('serviceaccount')],
  *run(invocation: Invocation): Task<void> {
    const added = subjectsOf(invocation);
    if (added.length === 0)
      throw new KubectlError('you must specify at least one value of user, group or serviceaccount');
    yield* changeObjects(invocation, setEntries(invocation, invocation.args), 'subjects', (object) => {
      const before: readonly unknown[] = Array.isArray(object.subjects) ? object.subjects : [];
      const texts = new Set(before.map((one) => JSON.stringify(one)));
      object.subjects = [...before, ...added.filter((one) => !texts.has(JSON.stringify(one)))];
    });
  },
};

export const set: CommandDefinition = {
  name: 'set',
  short: 'Set specific features on objects',
  long: 'Configure application resources.\n\n These commands help you make changes to existing application resources.',
  usage: 'SUBCOMMAND',
  commands: [env, image, resources, selector, serviceAccount, subject],
};
