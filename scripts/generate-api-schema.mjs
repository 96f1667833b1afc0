// Writes src/kubernetes/apiserver/schema/v1.36.json: all that the API server has to know of every type to decode,
// merge and apply it, in one compact table. It joins
//   - the Go types (scripts/go-types: `go mod tidy && go run . GROUP/VERSION… > types.json`), given as first argument,
//   - the list and map markers of the published schemas (src/kubernetes/api/structure/v1.36.json).
// The types of older minors (the same program, with the older modules in its go.mod; give one file for v1.35, one for
// v1.34) become src/kubernetes/api/versions/types.json: for each a JSON merge patch of the next newer minor's table.
// A field is written as its Go type and some words: `[]core/v1.ContainerPort? merge:containerPort map:containerPort,protocol`.
//   ?  omitempty        ??  omitzero        ~  embedded        merge[:KEY] / replace / retainKeys  strategic merge patch
//   map:KEYS / set / atomic  how server-side apply treats a list or map        default:JSON
import { readFileSync, writeFileSync } from 'node:fs';
import { lines, mergePatch, patched } from './merge-patch.mjs';

const typesFiles = process.argv.slice(2);
const read = (path) => JSON.parse(readFileSync(path, 'utf8'));
const source = new URL('../src/kubernetes/', import.meta.url);
const structure = read(new URL('api/structure/v1.36.json', source));
const schemaPatches = read(new URL('api/versions/schemas.json', source));
const served = new Set(structure.resources.map((row) => row.groupVersion));

/** The table of one minor, from its Go types and its schemas. */
function tableOf(go, schemas) {
  /** `core/v1.Pod` → the schema published for it. */
  function published(id) {
    const [path, name] = [id.slice(0, id.lastIndexOf('.')), id.slice(id.lastIndexOf('.') + 1)];
    const dotted = path.replace('/', '.');
    return Object.entries(schemas).find(([key]) => key.endsWith(`.${dotted}.${name}`))?.[1];
  }

  const kinds = {};
  const others = {};
  for (const [gvk, id] of Object.entries(go.kinds)) {
    const slash = gvk.lastIndexOf('/');
    const [gv, kind] = [gvk.slice(0, slash), gvk.slice(slash + 1)];
    if (!served.has(gv)) continue;
    if (
      /Options$|^WatchEvent$|List$/.test(kind) ||
      ['Status', 'APIGroup', 'APIVersions', 'SerializedReference', 'RangeAllocation', 'ConversionReview'].includes(kind)
    ) {
      if (/List$|^Status$|^SerializedReference$|^RangeAllocation$/.test(kind)) (others[gv] ??= []).push(kind);
      continue;
    }
    kinds[gvk] = id;
  }
  for (const [gv, list] of Object.entries(go.unserved)) others[gv] = [...(others[gv] ?? []), ...list];

  const structs = {};
  const named = {};
  function reach(expression) {
    for (const id of expression.match(/[a-z0-9]+(?:\/v\w+)?\.[A-Z]\w*/g) ?? []) {
      if (go.named[id] && !named[id]) {
        named[id] = go.named[id];
        reach(go.named[id]);
      }
      if (go.structs[id] && !structs[id]) write(id);
    }
  }
  function write(id, schema = published(id)) {
    const fields = {};
    structs[id] = fields;
    for (const [name, type, ...words] of go.structs[id]) {
      const inline = words.includes('inline');
      const property = schema?.properties?.[name] ?? {};
      const attributes = [];
      const patch =
        words
          .find((word) => word.startsWith('patch='))
          ?.slice(6)
          .split(',') ?? [];
      const key = words.find((word) => word.startsWith('key='))?.slice(4);
      for (const strategy of patch) attributes.push(strategy === 'merge' && key ? `merge:${key}` : strategy);
      const listType =
        property['x-kubernetes-list-type'] ?? (property['x-kubernetes-map-type'] === 'atomic' ? 'atomic' : undefined);
      if (listType === 'map') attributes.push(`map:${property['x-kubernetes-list-map-keys'].join(',')}`);
      else if (listType) attributes.push(listType);
      if (property.default !== undefined && typeof property.default !== 'object' && property.default !== '') {
        attributes.push(`default:${JSON.stringify(property.default)}`);
      }
      const empty = words.includes('omitzero') ? '??' : words.includes('omitempty') ? '?' : '';
      fields[name] = [`${inline ? '~' : ''}${type}${empty}`, ...attributes].join(' ');
      // The markers of embedded fields stand in the schema of the struct around them.
      if (inline && !structs[type]) write(type, published(type) ?? schema);
      reach(type);
    }
    if (published(id)?.['x-kubernetes-map-type'] === 'atomic') fields['*'] = 'atomic';
  }
  for (const id of Object.values(kinds)) reach(id);
  for (const id of ['meta/v1.DeleteOptions']) reach(id);
  return { kinds, others, structs, named };
}

const [newest, ...older] = typesFiles.map(read);
let schemas = structure.schemas;
let table = tableOf(newest, schemas);
const { kinds, others, structs, named } = table;
writeFileSync(
  new URL('apiserver/schema/v1.36.json', source),
  `{"kinds":${lines(kinds)},\n"others":${lines(others)},\n"structs":${lines(structs)},\n"named":${lines(named)}}\n`,
);

if (older.length > 0) {
  const patches = ['1.35', '1.34'].slice(0, older.length).map((minor, i) => {
    schemas = patched(schemas, schemaPatches[minor]);
    const next = tableOf(older[i], schemas);
    const patch = mergePatch(table, next);
    table = next;
    return `"${minor}":${lines(patch)}`;
  });
  writeFileSync(new URL('api/versions/types.json', source), `{${patches.join(',\n')}}\n`);
}

// Discovery alone, so that a page that only checks manifests need not load every schema.
const rows = structure.resources.map((row) => JSON.stringify(row)).join(',\n');
writeFileSync(new URL('api/structure/resources-v1.36.json', source), `[\n${rows}\n]\n`);
