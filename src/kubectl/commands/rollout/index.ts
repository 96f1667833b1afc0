import { deepEqual, isObject, type JsonObject, type KubeObject } from '@/kubernetes/api/object';
import type { Task } from '@/kubernetes/clock/task';
import { lastApplied } from '../../apply/last-applied';
import type { CommandDefinition } from '../../command-tree';
import { KubectlError, throwAll } from '../../errors';
import { bool, duration, int } from '../../flags/flag';
import { dryRunFlag, fieldManagerFlag, filenameFlags, printFlags, selectorFlag } from '../../flags/global-flags';
import { Lines } from '../../describe/lines';
import { describePodTemplate } from '../../describe/pod-template';
import type { Invocation } from '../../invocation';
import { type DryRun, dryRunOf, dryRunSuffix } from '../../options';
import { printerOf, resultLine } from '../../output/printer';
import { emptyText } from '../../output/resource-table';
import { asError, errorsOf, fetchedEntries, hasFiles, infosOf, namedEntries } from '../../resource/builder';
import { type Info, fetchInfo, groupKind, infoName } from '../../resource/info';
import { resourceText } from '../../resource/mapping';
import { withoutHash } from '../../rollout/replica-sets';
import { type Revision, revisionsOf, templateWithCause } from '../../rollout/revisions';
import { rolloutStatus } from '../../rollout/status';

function targets(invocation: Invocation, saysNone = true): Info[] {
  const { flags } = invocation;
  if (flags.args.length === 0 && !hasFiles(invocation)) throw new KubectlError('required resource not specified');
  const entries = hasFiles(invocation)
    ? fetchedEntries(invocation)
    : namedEntries(invocation, { words: flags.args, selector: flags.string('selector'), selectAllByDefault: true });
  throwAll(errorsOf(entries));
  const infos = infosOf(entries);
  if (infos.length === 0 && saysNone) invocation.err(emptyText(invocation.namespace));
  return infos;
}

/** Upstream: kubectl/pkg/cmd/rollout/rollout_status.go. */
const status: CommandDefinition = {
  name: 'status',
  short: 'Show the status of the rollout',
  flags: [...filenameFlags, selectorFlag, bool('watch', 'w', true), int('revision', 0, 'int64'), duration('timeout')],
  *run(invocation): Task<void> {
    const revision = invocation.flags.number('revision');
    refuseNegative(revision);
    const errors: Error[] = [];
    for (const info of targets(invocation)) {
      try {
        yield* follow(invocation, info, revision);
      } catch (error) {
        errors.push(asError(error));
      }
    }
    throwAll(errors);
  },
};

/** Says what becomes of one rollout until it is over. */
function* follow(invocation: Invocation, info: Info, revision: number): Task<void> {
  const { flags, context } = invocation;
  const { clock } = context.cluster;
  const limit = flags.number('timeout');
  const until = limit > 0 ? clock.now + limit : undefined;
  let seen = '';
  for (;;) {
    const { object } = fetchInfo(invocation, info);
    // The watch delivers every version of the object once.
    if (object.metadata.resourceVersion !== seen) {
      seen = object.metadata.resourceVersion ?? '';
      const { message, done } = rolloutStatus(object, revision);
      invocation.out(message);
      if (done || !flags.bool('watch')) return;
    }
    if (until !== undefined && clock.now >= until) throw new KubectlError('timed out waiting for the condition');
    if (until === undefined && clock.nextAt() === undefined)
      throw new KubectlError('timed out waiting for the condition');
    yield until === undefined ? { change: true } : { change: true, until };
  }
}

function refuseNegative(revision: number): void {
  if (revision < 0) throw new KubectlError(`revision must be a positive integer: ${revision}`);
}

/** Upstream: rollout_history.go. */
const history: CommandDefinition = {
  name: 'history',
  short: 'View rollout history',
  flags: [...filenameFlags, ...printFlags, selectorFlag, int('revision', 0, 'int64')],
  *run(invocation): Task<void> {
    const wanted = invocation.flags.number('revision');
    refuseNegative(wanted);
    const printer = printerOf(invocation, { typed: true });
    for (const info of targets(invocation, false)) {
      const revisions = revisionsOf(invocation, info.object);
      // With a format it is the revisions themselves that are printed.
      if (printer) {
        const shown = revisions.filter((one) => wanted === 0 || one.number === wanted);
        if (wanted > 0 && shown.length === 0) throw new KubectlError('unable to find the specified revision');
        for (const { object } of shown) invocation.out(printer(object));
        continue;
      }
      if (wanted > 0 && revisions.length === 0) {
        invocation.out(`${infoName(info)} with revision #${wanted}\nNo rollout history found.\n`);
        continue;
      }
      if (wanted > 0) {
        const found = revisions.find((one) => one.number === wanted);
        if (!found) throw new KubectlError('unable to find the specified revision');
        invocation.out(`${infoName(info)} with revision #${wanted}\n`);
        const lines = new Lines();
        describePodTemplate(lines, templateWithCause(found));
        invocation.out(`${lines.raw()}\n`);
        continue;
      }
      invocation.out(`${infoName(info)} \n`);
      if (revisions.length === 0) invocation.out('No rollout history found.\n');
      else {
        const rows = revisions.map((one) => [String(one.number), one.cause || '<none>']);
        invocation.out(`${historyTable([['REVISION', 'CHANGE-CAUSE'], ...rows])}\n`);
      }
    }
  },
};

/** Upstream: `tabbedString` of polymorphichelpers: padding 2. */
function historyTable(rows: readonly (readonly string[])[]): string {
  const width = Math.max(...rows.map((row) => row[0]?.length ?? 0)) + 2;
  return rows.map(([first = '', second = '']) => `${first.padEnd(width)}${second}\n`).join('');
}

const changeFlags = [...filenameFlags, ...printFlags, selectorFlag, dryRunFlag, fieldManagerFlag('kubectl-rollout')];

/** Upstream: rollout_undo.go, kubectl/pkg/polymorphichelpers/rollback.go. */
const undo: CommandDefinition = {
  name: 'undo',
  short: 'Undo a previous rollout',
  flags: [...changeFlags, int('to-revision', 0, 'int64')],
  *run(invocation): Task<void> {
    const dryRun = dryRunOf(invocation);
    const printer = printerOf(invocation);
    for (const info of targets(invocation)) {
      const { object, mapping } = info;
      if (invocation.facts.warnsOfUndoneApply && object.metadata.annotations?.[lastApplied] !== undefined) {
        invocation.err(
          `Warning: resource ${mapping.plural}/${info.name} was previously managed with 'kubectl apply'. Rolling back will not update the ${lastApplied} annotation, which may cause unexpected behavior on future 'kubectl apply' operations. Consider using 'kubectl apply' with your previous configuration file instead.\n`,
        );
      }
      const text = rollBack(invocation, info, invocation.flags.number('to-revision'), dryRun);
      invocation.out(printer ? printer(object) : resultLine(object, text, dryRunSuffix(dryRun)));
    }
  },
};

function rollBack(invocation: Invocation, info: Info, to: number, dryRun: DryRun): string {
  const { object, mapping, namespace, name } = info;
  if (!['Deployment', 'DaemonSet', 'StatefulSet'].includes(object.kind)) {
    throw new KubectlError(`no rollbacker has been implemented for "${groupKind(object)}"`);
  }
  const spec: JsonObject = isObject(object.spec) ? object.spec : {};
  const target = targetRevision(revisionsOf(invocation, object), to, object);
  if (dryRun === 'client') {
    const lines = new Lines();
    describePodTemplate(lines, target.template);
    return `${object.kind === 'Deployment' ? '' : 'will roll back to '}${lines.raw()}`;
  }
  if (spec.paused === true) {
    throw new KubectlError(
      "you cannot rollback a paused deployment; resume it first with 'kubectl rollout resume' and try again",
    );
  }
  // Only Deployments come here: their spec has a template.
  const same = deepEqual(withoutHash(target.template), withoutHash(spec.template as typeof target.template));
  if (same) return `skipped rollback (current template already matches revision ${target.number})`;
  if (dryRun === 'server') return 'rolled back';
  if (target.patch) {
    invocation.request('patch', mapping, { namespace, name, body: target.patch, patchType: 'strategic' });
    return 'rolled back';
  }
  const annotations = deploymentAnnotations(object, target.cause);
  invocation.request('patch', mapping, {
    namespace,
    name,
    patchType: 'json',
    body: [
      { op: 'replace', path: '/spec/template', value: withoutHash(target.template) },
      { op: 'replace', path: '/metadata/annotations', value: annotations },
    ],
  });
  return 'rolled back';
}

/** The revision asked for, or the one before the present. Throws where there is none. */
function targetRevision(revisions: readonly Revision[], to: number, { kind, metadata }: KubeObject): Revision {
  const found = to !== 0 ? revisions.find((one) => one.number === to) : revisions.at(-2);
  if (found) return found;
  if (to !== 0) throw new KubectlError(`unable to find specified revision ${to} in history`);
  if (kind !== 'Deployment') throw new KubectlError('no last revision to roll back to');
  throw new KubectlError(`no rollout history found for deployment "${metadata.name}"`);
}

/** Annotations of the ReplicaSet come back, except those that belong to the Deployment alone. */
function deploymentAnnotations(object: KubeObject, cause: string): Record<string, string> {
  const { 'kubernetes.io/change-cause': _, ...rest } = object.metadata.annotations ?? {};
  return cause ? { ...rest, 'kubernetes.io/change-cause': cause } : rest;
}

function toggle(name: 'pause' | 'resume', done: string, paused: boolean): CommandDefinition {
  const gerund = name === 'pause' ? 'pausing' : 'resuming';
  return {
    name,
    short: name === 'pause' ? 'Mark the provided resource as paused' : 'Resume a paused resource',
    flags: changeFlags,
    *run(invocation): Task<void> {
      yield* changeAll(invocation, done, (info) => {
        const label = `${resourceText(info.mapping)} "${info.name}"`;
        if (info.object.kind !== 'Deployment') throw new KubectlError(`${label} ${gerund} is not supported`);
        const spec: JsonObject = isObject(info.object.spec) ? info.object.spec : {};
        if ((spec.paused === true) === paused) {
          throw new KubectlError(`${label} is ${paused ? 'already paused' : 'not paused'}`);
        }
        return { spec: { paused: paused ? true : null } };
      });
    },
  };
}

/** Upstream: rollout_restart.go. */
const restart: CommandDefinition = {
  name: 'restart',
  short: 'Restart a resource',
  flags: changeFlags,
  *run(invocation): Task<void> {
    const at = invocation.context.cluster.clock.timestamp();
    yield* changeAll(invocation, 'restarted', (info) => {
      const label = `${resourceText(info.mapping)} "${info.name}"`;
      if (!['Deployment', 'DaemonSet', 'StatefulSet'].includes(info.object.kind)) {
        throw new KubectlError(`${label} restarting is not supported`);
      }
      const spec: JsonObject = isObject(info.object.spec) ? info.object.spec : {};
      if (spec.paused === true)
        throw new KubectlError(`${label} can't restart paused deployment (run rollout resume first)`);
      return { spec: { template: { metadata: { annotations: { 'kubectl.kubernetes.io/restartedAt': at } } } } };
    });
  },
};

function* changeAll(invocation: Invocation, done: string, change: (info: Info) => JsonObject): Task<void> {
  const dryRun = dryRunOf(invocation);
  const printer = printerOf(invocation);
  const errors: Error[] = [];
  for (const info of targets(invocation)) {
    try {
      const body = change(info);
      const { mapping, namespace, name } = info;
      const object =
        dryRun === 'client'
          ? info.object
          : invocation.request('patch', mapping, {
              namespace,
              name,
              body,
              patchType: 'strategic',
              fieldManager: invocation.flags.string('field-manager'),
              ...(dryRun === 'server' ? { dryRun: true } : {}),
            });
      invocation.out(printer ? printer(object) : resultLine(object, done, dryRunSuffix(dryRun)));
    } catch (error) {
      errors.push(asError(error));
    }
  }
  throwAll(errors);
}

export const rollout: CommandDefinition = {
  name: 'rollout',
  short: 'Manage the rollout of a resource',
  helpCode: 1,
  commands: [history, toggle('pause', 'paused', true), restart, toggle('resume', 'resumed', false), status, undo],
};
