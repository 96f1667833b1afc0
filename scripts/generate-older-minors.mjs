// Writes what the API servers of older minors publish otherwise than the newest, under src/kubernetes/api/versions/:
//   unserved.json      the resources of v1.36 that a minor does not serve
//   schemas.json       a JSON merge patch (RFC 7386) for every older minor: applied to the schemas of the next newer one
//                      it makes those of the minor
//   descriptions.json  the same for the descriptions; only `kubectl explain` loads it
// The facts are those that Kubernetes keeps in its own repository for every release: api/discovery, api/openapi-spec/v3
// and, for the enums, which the latter leave out, pkg/generated/openapi/zz_generated.openapi.go. Needs Go, to download
// the module k8s.io/kubernetes: node scripts/generate-older-minors.mjs
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { lines, mergePatch } from './merge-patch.mjs';

// From new to old.
const releases = { 1.35: 'v1.35.4', 1.34: 'v1.34.4' };

const source = new URL('../src/', import.meta.url);
const target = new URL('kubernetes/api/versions/', source);
const read = (path) => JSON.parse(readFileSync(path, 'utf8'));
const structure = read(new URL('kubernetes/api/structure/v1.36.json', source));
const described = read(new URL('kubectl/explain/descriptions-v1.36.json', source));

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const isStable = (groupVersion) => /(^|\/)v\d+$/.test(groupVersion);

function download(release) {
  const words = ['mod', 'download', '-json', `k8s.io/kubernetes@${release}`];
  return JSON.parse(execFileSync('go', words, { encoding: 'utf8' })).Dir;
}

/** Resources of stable versions as `apps/v1 deployments/scale`, with what discovery says about each. */
function resourcesOf(rows) {
  const facts = ({ kind, namespaced, shortNames = [], categories = [], verbs }) =>
    JSON.stringify({ kind, namespaced, shortNames, categories, verbs });
  return new Map(rows.map((row) => [`${row.groupVersion} ${row.name}`, facts(row)]));
}

function discovery(module) {
  const folder = `${module}/api/discovery/`;
  const lists = readdirSync(folder).map((name) => read(folder + name));
  return lists
    .filter((list) => list.kind === 'APIResourceList' && isStable(list.groupVersion))
    .flatMap((list) => list.resources.map((row) => ({ ...row, groupVersion: list.groupVersion })));
}

/** A schema in the notation of the structure file: sorted keys, no descriptions, references by name. */
function compact(value) {
  if (Array.isArray(value)) return value.map(compact);
  if (!isObject(value)) return value;
  const out = {};
  for (const [key, inner] of Object.entries(value)) {
    if (key === 'properties') {
      out.properties = Object.fromEntries(Object.entries(inner).map(([name, one]) => [name, compact(one)]));
    } else if (key === 'allOf') Object.assign(out, compact(inner[0]));
    else if (key === '$ref') out.$ref = inner.split('/').pop();
    else if (key !== 'description' && key !== 'x-kubernetes-group-version-kind') out[key] = compact(inner);
  }
  return Object.fromEntries(Object.entries(out).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Of every function of the generated Go file the fields with an enum: `{description, values, inside}`. */
function enumsOf(module) {
  const text = readFileSync(`${module}/pkg/generated/openapi/zz_generated.openapi.go`, 'utf8');
  const enums = new Map();
  let name = '';
  let field = '';
  let description = '';
  for (const line of text.split('\n')) {
    name = /^func schema_(\w+)\(/.exec(line)?.[1] ?? name;
    field = /^\t{5}"(.*)": \{$/.exec(line)?.[1] ?? field;
    const own = /^\t{7}Description: (".*"),$/.exec(line)?.[1];
    if (/^\t{5}"/.test(line)) description = '';
    if (own) description = JSON.parse(own);
    const values = /^(\t+)Enum: +\[\]interface\{\}\{(.*)\},$/.exec(line);
    if (!values) continue;
    const inside = values[1].length > 7;
    enums.set(`${name}.${field}`, { description, values: JSON.parse(`[${values[2]}]`).sort(), inside });
  }
  return enums;
}

/** `io.k8s.api.core.v1.Pod` → `k8sio_api_core_v1_Pod` */
function functionName(id) {
  return id
    .replace(/^io\.k8s\.[a-z-]+\.pkg\./, 'pkg.')
    .replace(/^io\.k8s\./, 'k8sio.')
    .replaceAll(/[.-]/g, '_');
}

/** The schemas of stable versions and their descriptions. */
function schemasOf(module) {
  const folder = `${module}/api/openapi-spec/v3/`;
  const enums = enumsOf(module);
  const published = {};
  for (const name of readdirSync(folder)) {
    if (/__v\d+_openapi/.test(name)) Object.assign(published, read(folder + name).components?.schemas);
  }
  const schemas = {};
  const descriptions = {};
  for (const [id, schema] of Object.entries(published)) {
    const made = compact(schema);
    const fields = {};
    for (const [name, property] of Object.entries(made.properties ?? {})) {
      const values = enums.get(`${functionName(id)}.${name}`);
      const text = values && !values.inside ? values.description : schema.properties[name].description;
      if (text) fields[name] = text;
      if (!values) continue;
      const place = values.inside ? (property.items ?? property.additionalProperties) : property;
      place.enum = values.values;
    }
    schemas[id] = compact(made);
    descriptions[id] = { ...(schema.description ? { own: schema.description } : {}), fields };
  }
  return { schemas, descriptions };
}

/** The newest minor's in the same form; the order of the words in a schema does not count. */
function newest() {
  const schemas = Object.fromEntries(Object.entries(structure.schemas).map(([id, one]) => [id, compact(one)]));
  const text = (number) => described.texts[number];
  const descriptions = Object.fromEntries(
    Object.entries(described.schemas).map(([id, { own, fields = {} }]) => [
      id,
      {
        ...(own >= 0 ? { own: text(own) } : {}),
        fields: Object.fromEntries(Object.entries(fields).map(([name, number]) => [name, text(number)])),
      },
    ]),
  );
  return { schemas, descriptions };
}

/** Whether a patch is about anything that can be explained: not about lists, options and events of watches. */
function isExplained(id) {
  return id in described.schemas || !(id in structure.schemas);
}

const served = resourcesOf(structure.resources);
const unserved = {};
const schemaPatches = {};
const descriptionPatches = {};
let newer = newest();
for (const [minor, release] of Object.entries(releases).sort().reverse()) {
  const module = download(release);
  const resources = resourcesOf(discovery(module));
  unserved[minor] = [...served.keys()].filter((key) => !resources.has(key));
  for (const [key, facts] of resources) {
    if (served.get(key) !== facts) throw new Error(`v${minor} serves ${key} otherwise: ${facts}`);
  }
  const older = schemasOf(module);
  const explained = (table) => Object.fromEntries(Object.entries(table).filter(([id]) => isExplained(id)));
  schemaPatches[minor] = mergePatch(explained(newer.schemas), explained(older.schemas));
  descriptionPatches[minor] = mergePatch(explained(newer.descriptions), explained(older.descriptions));
  newer = older;
}

/** The minors' tables, one entry a line. */
function text(table) {
  return `{${Object.entries(table)
    .map(([minor, rows]) => `"${minor}":${lines(rows)}`)
    .join(',\n')}}\n`;
}
writeFileSync(new URL('unserved.json', target), `${JSON.stringify(unserved)}\n`);
writeFileSync(new URL('schemas.json', target), text(schemaPatches));
writeFileSync(new URL('descriptions.json', target), text(descriptionPatches));
