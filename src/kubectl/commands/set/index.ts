import type { Container } from '@/kubernetes/api/generated/core-v1';
import { deepEqual, isObject, type JsonObject } from '@/kubernetes/api/object';
import { canonicalQuantity, quantityFormatError } from '@/kubernetes/api/quantity';
import type { Task } from '@/kubernetes/clock/task';
import type { CommandDefinition } from '../../command-tree';
import { KubectlError, throwAll } from '../../errors';
import { array, bool, slice, string } from '../../flags/flag';
import type { Invocation } from '../../invocation';
import { labelSelectorOf } from '../../metadata/label-selector';
import { readPairs, resourcesAndPairs } from '../../metadata/pairs';
import { asError, hasFiles } from '../../resource/builder';
import type { Info } from '../../resource/info';
import { subjectsOf } from '../create/rbac';
import { env } from './env';
import {
  changeObjects,
  changePodSpecs,
  printOne,
  refuseLocalOnServer,
  selectContainers,
  send,
  setFlags,
  setInfos,
} from './template';

/** Upstream: kubectl/pkg/cmd/set/set_image.go. */
const image: CommandDefinition = {
  name: 'image',
  short: 'Update the image of a pod template',
  flags: setFlags,
  *run(invocation): Task<void> {
    const { flags } = invocation;
    const { words, pairs } = resourcesAndPairs(invocation.args, 'image');
    const images = readImages(pairs);
    const infos = setInfos(invocation, words);
    const problems: string[] = [];
    if (flags.bool('all') && flags.string('selector') !== '') {
      problems.push('cannot set --all and --selector at the same time');
    }
    if (words.length === 0 && !hasFiles(invocation)) {
      problems.push('one or more resources must be specified as <resource> <name> or <resource>/<name>');
    }
    if (images.size === 0) problems.push('at least one image update is required');
    else if (images.size > 1 && images.has('*')) {
      problems.push(
        'all containers are already specified by *, but saw more than one container_name=container_image pairs',
      );
    }
    throwAll(problems.map((text) => new KubectlError(text)));
    refuseLocalOnServer(invocation);
    const setting = { word: 'image', failure: 'failed to patch image update to pod template: ' };
    changePodSpecs(invocation, infos, setting, (spec) =>
      [...images].flatMap(([name, value]) => {
        const chosen = [...spec.containers, ...(spec.initContainers ?? [])].filter(
          (one) => name === '*' || one.name === name,
        );
        for (const container of chosen) container.image = value;
        return chosen.length > 0
          ? []
          : [new KubectlError(`error: unable to find container named ${JSON.stringify(name)}`)];
      }),
    );
  },
};

function readImages(pairs: readonly string[]): ReadonlyMap<string, string> {
  const bad = pairs.filter((pair) => !pair.includes('='));
  if (bad.length > 0) throw new KubectlError(`invalid image format: ${bad.join(', ')}`);
  return readPairs(pairs, 'image').set;
}

/** Upstream: set_resources.go. */
const resources: CommandDefinition = {
  name: 'resources',
  short: 'Update resource requests/limits on objects with pod templates',
  flags: [...setFlags, string('limits'), string('requests'), string('containers', 'c', '*')],
  *run(invocation): Task<void> {
    const { flags } = invocation;
    const infos = setInfos(invocation, flags.args);
    refuseLocalOnServer(invocation);
    if (flags.bool('all') && flags.string('selector') !== '') {
      throw new KubectlError('cannot set --all and --selector at the same time');
    }
    if (flags.string('limits') === '' && flags.string('requests') === '') {
      throw new KubectlError('you must specify an update to requests or limits (in the form of --requests/--limits)');
    }
    const limits = amounts(flags.string('limits'));
    const requests = amounts(flags.string('requests'));
    const setting = { word: 'resource requirements', failure: 'failed to patch resources update to pod template ' };
    changePodSpecs(invocation, infos, setting, (spec) => {
      const chosen = selectContainers(spec, flags.string('containers'));
      for (const container of chosen) merge(container, limits, requests);
      if (chosen.length > 0) return [];
      return [new KubectlError(`error: unable to find container named ${flags.string('containers')}`)];
    });
  },
};

/** Upstream: kubectl/pkg/generate/versioned/run.go `populateResourceListV1`. */
function amounts(text: string): Record<string, string> {
  if (text === '') return {};
  return Object.fromEntries(
    text.split(',').map((pair) => {
      const [name = '', value, more] = pair.split('=');
      if (value === undefined || more !== undefined) {
        throw new KubectlError(`Invalid argument syntax ${pair}, expected <resource>=<value>`);
      }
      const quantity = canonicalQuantity(value);
      if (quantity === undefined) throw new KubectlError(quantityFormatError);
      return [name, quantity];
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
  flags: setFlags,
  *run(invocation): Task<void> {
    refuseLocalOnServer(invocation);
    const words = [...invocation.args];
    const name = words.pop();
    if (name === undefined) throw new KubectlError('serviceaccount is required');
    const infos = setInfos(invocation, words);
    const setting = { word: 'serviceaccount', failure: 'failed to patch ServiceAccountName ', saysUnchanged: true };
    changePodSpecs(invocation, infos, setting, (spec) => {
      spec.serviceAccountName = name;
      return [];
    });
  },
};

/** Upstream: set_selector.go. Services only: other kinds' selectors cannot change. */
const selector: CommandDefinition = {
  name: 'selector',
  short: 'Set the selector on a resource',
  flags: [
    ...setFlags.filter(({ name }) => name !== 'recursive'),
    bool('recursive', 'R', true),
    string('resource-version'),
  ],
  *run(invocation): Task<void> {
    const words = [...invocation.args];
    const text = words.pop();
    if (text === undefined) throw new KubectlError('one selector is required');
    const { matchLabels = {}, matchExpressions = [] } = labelSelectorOf(text);
    const version = invocation.flags.string('resource-version');
    const errors: Error[] = [];
    for (const info of setInfos(invocation, words)) {
      try {
        if (info.object.kind !== 'Service') throw new KubectlError('setting a selector is only supported for Services');
        if (matchExpressions.length > 0) {
          const list = matchExpressions.map((one) => `{${one.key} ${one.operator} [${(one.values ?? []).join(' ')}]}`);
          throw new KubectlError(`match expression [${list.join(' ')}] not supported on this object`);
        }
        printOne(invocation, 'selector', changedSelector(invocation, info, matchLabels, version));
      } catch (error) {
        errors.push(asError(error));
      }
    }
    throwAll(errors);
  },
};

function changedSelector(invocation: Invocation, info: Info, selector: Record<string, string>, version: string) {
  const spec: JsonObject = isObject(info.object.spec) ? info.object.spec : {};
  const before: JsonObject = isObject(spec.selector) ? spec.selector : {};
  const gone = Object.keys(before).filter((key) => !(key in selector));
  const patch = { ...selector, ...Object.fromEntries(gone.map((key) => [key, null])) };
  const body = { ...(version ? { metadata: { resourceVersion: version } } : {}), spec: { selector: patch } };
  return send(invocation, info, { ...info.object, spec: { ...spec, selector } }, body);
}

/** Upstream: set_subject.go. */
const subject: CommandDefinition = {
  name: 'subject',
  short: 'Update the user, group, or service account in a role binding or cluster role binding',
  flags: [...setFlags, slice('user'), slice('group'), array('serviceaccount')],
  *run(invocation: Invocation): Task<void> {
    const infos = setInfos(invocation, invocation.args);
    refuseLocalOnServer(invocation);
    const added = subjectsOf(invocation);
    if (added.length === 0) {
      throw new KubectlError('you must specify at least one value of user, group or serviceaccount');
    }
    const setting = { word: 'subjects', failure: 'failed to patch subjects to rolebinding: ' };
    changeObjects(invocation, infos, setting, (object) => {
      if (object.kind !== 'RoleBinding' && object.kind !== 'ClusterRoleBinding') {
        throw new KubectlError('setting subjects is only supported for RoleBinding/ClusterRoleBinding');
      }
      const before: readonly unknown[] = Array.isArray(object.subjects) ? object.subjects : [];
      const known = (one: unknown) => before.some((other) => deepEqual(one, other));
      object.subjects = [...before, ...added.filter((one) => !known(one))];
      return [];
    });
  },
};

export const set: CommandDefinition = {
  name: 'set',
  short: 'Set specific features on objects',
  commands: [env, image, resources, selector, serviceAccount, subject],
};
