import { isObject, type JsonObject, type KubeObject } from '../../api/object';
import { goJson } from '../../strconv/go-json';
import { type Backend } from '../backend';
import type { ApiRequest } from '../request';
import type { GoStruct } from '../schema/go-type';
import { type Status, type StatusCause, applyConflict } from '../status';
import { FieldSet, pathOf } from './field-set';
import { entriesOf, type Manager, managersOf, ownable } from './managers';
import { compare, fieldsOf, merge, prune, withoutNulls } from './typed-value';

const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

/**
 * Lays an applied configuration over the live object: what the manager applied before and no longer does goes, what
 * others own and would change is a conflict. Upstream: sigs.k8s.io/structured-merge-diff/merge/update.go `Apply`,
 * apimachinery/pkg/util/managedfields.
 */
export function applyConfiguration(
  live: KubeObject,
  config: JsonObject,
  type: GoStruct,
  request: ApiRequest,
  { clock }: Backend,
): JsonObject | Status {
  const name = request.fieldManager ?? 'unknown';
  const wanted = withoutNulls(ownable(config, false), type);
  const current = ownable(live, false);
  const managers = managersOf(live);
  const isApplier = (one: Manager) => one.operation === 'Apply' && one.name === name && !one.subresource;
  const before = managers.find(isApplier)?.fields ?? new FieldSet();
  const others = managers.filter((one) => !isApplier(one));
  const owned = fieldsOf(wanted, type);
  const laid = merge(current, wanted, type);
  const gone = others.reduce((left, one) => left.difference(one.fields), before.difference(owned));
  const kept = others.reduce((all, one) => all.union(one.fields), owned);
  const result = prune(laid, gone, kept, type);
  const change = compare(current, result, type);
  const touched = change.modified.union(change.added);
  const conflicts = others
    .map((one) => ({ manager: one, fields: one.fields.intersection(touched) }))
    .filter(({ fields }) => !fields.isEmpty);
  if (conflicts.length > 0 && !request.force && !allowed(conflicts, name, live, type)) return conflictStatus(conflicts);
  const lost = touched.union(change.removed);
  const left = others.map((one) => ({ ...one, fields: one.fields.difference(lost) }));
  const apiVersion = String(config.apiVersion ?? live.apiVersion);
  // An apply that changes nothing of the object has no time of its own: managedfieldsupdater.go
  const unchanged = touched.isEmpty && change.removed.isEmpty;
  const time = unchanged ? managers.find(isApplier)?.time : clock.timestamp();
  const mine: Manager = { name, operation: 'Apply', apiVersion, time, fields: owned };
  const metadata = isObject(result) && isObject(result.metadata) ? result.metadata : {};
  return {
    ...live,
    ...withoutGone(live, result),
    metadata: {
      ...systemFields(live),
      ...metadata,
      ...(name === 'kubectl' ? renewedAnnotations(metadata, config) : {}),
      managedFields: entriesOf([mine, ...left]),
    },
  };
}

/**
 * What `kubectl apply` keeps of its own on the client's side is brought up to date, where it is there. Upstream:
 * apimachinery/pkg/util/managedfields/internal/lastappliedupdater.go
 */
function renewedAnnotations({ annotations }: JsonObject, config: JsonObject): JsonObject {
  if (!isObject(annotations) || !annotations[lastApplied]) return {};
  const given = isObject(config.metadata) ? config.metadata : {};
  const { [lastApplied]: _, ...kept } = isObject(given.annotations) ? given.annotations : {};
  const applied = { ...config, metadata: { ...given, ...(isObject(given.annotations) ? { annotations: kept } : {}) } };
  return { annotations: { ...annotations, [lastApplied]: `${goJson(applied)}\n` } };
}

/** Top-level fields of the result; one that is there no more must not come back from the live object. */
function withoutGone(live: KubeObject, result: unknown): JsonObject {
  const out: JsonObject = isObject(result) ? { ...result } : {};
  for (const field of Object.keys(live)) {
    if (!['apiVersion', 'kind', 'metadata', 'status'].includes(field) && !(field in out)) out[field] = undefined;
  }
  return out;
}

function systemFields({ metadata }: KubeObject): JsonObject {
  const { name, namespace, uid, resourceVersion, creationTimestamp, generation } = metadata;
  return { name, namespace, uid, resourceVersion, creationTimestamp, generation };
}

interface Conflict {
  readonly manager: Manager;
  readonly fields: FieldSet;
}

/**
 * kubectl may take over what it applied itself from the client's side. Upstream:
 * apimachinery/pkg/util/managedfields/internal/lastappliedmanager.go
 */
function allowed(conflicts: readonly Conflict[], name: string, live: KubeObject, type: GoStruct): boolean {
  const text = live.metadata.annotations?.[lastApplied];
  if (name !== 'kubectl' || text === undefined) return false;
  try {
    const applied: unknown = JSON.parse(text);
    const config = isObject(applied) ? ownable(applied, false) : {};
    // What was applied and is no longer so is not kubectl's any more.
    const { added, modified, removed } = compare(config, ownable(live, false), type);
    const fields = [added, modified, removed].reduce((left, one) => left.difference(one), fieldsOf(config, type));
    return conflicts.every((one) => one.fields.difference(fields).isEmpty);
  } catch {
    return false;
  }
}

/** Upstream: apimachinery/pkg/util/managedfields/internal/conflict.go */
function conflictStatus(conflicts: readonly Conflict[]): Status {
  const causes: StatusCause[] = [];
  const messages: string[] = [];
  for (const { manager, fields } of [...conflicts].sort((a, b) => (a.manager.name < b.manager.name ? -1 : 1))) {
    messages.push(`conflicts with ${managerText(manager)}:`);
    for (const path of fields.paths()) {
      const field = pathOf(path);
      messages.push(`- ${field}`);
      causes.push({ reason: 'FieldManagerConflict', message: `conflict with ${managerText(manager)}`, field });
    }
  }
  const [only] = causes;
  const text =
    causes.length === 1 && only
      ? `1 conflict: ${only.message}: ${only.field ?? ''}`
      : `${causes.length} conflicts: ${messages.join('\n')}`;
  return applyConflict(`Apply failed with ${text}`, causes);
}

function managerText({ name, operation, apiVersion, subresource }: Manager): string {
  const door = subresource ? ` with subresource "${subresource}"` : '';
  return `"${name}"${door}${operation === 'Update' ? ` using ${apiVersion}` : ''}`;
}
