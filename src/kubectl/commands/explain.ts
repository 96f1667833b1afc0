import type { Task } from '@/kubernetes/clock/task';
import type { CommandDefinition } from '../command-tree';
import { KubectlError } from '../errors';
import { bool, string } from '../flags/flag';
import { type Schema, elementOf, resolved, schemaOf, typeName } from '../explain/schema';
import { mappingForBare, findMapping } from '../resource/mapping';
import { splitApiVersion, findResource } from '@/kubernetes/api/registry';

/** Upstream: kubectl/pkg/cmd/explain, kubectl/pkg/explain/v2/templates/plaintext.tmpl. */
export const explain: CommandDefinition = {
  name: 'explain',
  short: 'Get documentation for a resource',
  usage: 'TYPE [--recursive=FALSE|TRUE] [--api-version=api-version-group] [-o|--output=plaintext|plaintext-openapiv2]',
  flags: [bool('recursive'), string('api-version'), string('output', 'o', 'plaintext')],
  *run(invocation): Task<void> {
    const { flags } = invocation;
    const [word] = flags.args;
    if (word === undefined) {
      throw invocation.usage(
        'You must specify the type of resource to explain. Use "kubectl api-resources" for a complete list of supported resources.\n',
      );
    }
    if (flags.args.length > 1) throw invocation.usage('We accept only this format: explain RESOURCE\n');
    const { mapping, path } = target(word, flags.string('api-version'));
    const head = [
      ...(mapping.group ? [`GROUP:      ${mapping.group}`] : []),
      `KIND:       ${mapping.kind}`,
      `VERSION:    ${mapping.version}`,
      '',
    ];
    invocation.out(`${head.join('\n')}\n`);
    let schema = schemaOf(mapping);
    if (!schema)
      throw new KubectlError(`couldn't find resource for "${mapping.group}/${mapping.version}, Kind=${mapping.kind}"`);
    const top = resolved(schema);
    for (const name of path) {
      const next: Schema | undefined = elementOf(schema).properties?.[name];
      if (!next) throw new KubectlError(`field "${name}" does not exist`);
      schema = next;
    }
    const last = path.at(-1);
    const field = last === undefined ? '' : `FIELD: ${last} <${typeName(schema)}>\n${longEnum(schema)}\n`;
    invocation.out(
      `${field}${last === undefined ? '' : longEnum(schema) === '' ? '\n' : ''}${description(last === undefined ? top : resolved(schema))}`,
    );
    const { properties } = elementOf(schema);
    if (properties) invocation.out(`FIELDS:\n${flags.bool('recursive') ? tree(schema, 1, []) : fields(schema)}\n`);
    else invocation.out('\n');
  },
};

function target(word: string, apiVersion: string) {
  const parts = word.split('.');
  // `deployments.apps.spec` is understood by nobody: the resource is the first word, `--api-version` names its group.
  const [name = '', ...path] = parts;
  if (apiVersion !== '') {
    const [group] = splitApiVersion(apiVersion);
    const found = findResource(mappingForBare(name).plural, group);
    if (!found) throw new KubectlError(`couldn't find resource for "${apiVersion}, Kind=${mappingForBare(name).kind}"`);
    return { mapping: found, path };
  }
  return { mapping: findMapping(name) ?? mappingForBare(name), path };
}

const missing = `Descriptions are not part of this simulation, types and values are. The texts:
    https://kubernetes.io/docs/reference/kubernetes-api/`;

/** The structure file of the server carries no descriptions. */
function description(schema: Schema): string {
  return `DESCRIPTION:\n    ${schema.description ?? missing}\n    \n`;
}

function longEnum(schema: Schema): string {
  const values = resolved(schema).enum;
  return values
    ? `ENUM:\n${[...values]
        .sort()
        .map((one) => `    ${one}\n`)
        .join('')}`
    : '';
}

function fields(schema: Schema): string {
  const { properties = {}, required = [] } = elementOf(schema);
  return Object.keys(properties)
    .sort()
    .map((name) => {
      const field = properties[name] ?? {};
      const needed = required.includes(name) ? ' -required-' : '';
      const values = resolved(field).enum;
      const list = values
        ? `  enum: ${[...values].sort().slice(0, 4).join(', ')}${values.length > 4 ? ', ....' : ''}\n`
        : '';
      return `  ${name}\t<${typeName(field)}>${needed}\n${list}${field.description ? `    ${field.description}\n` : ''}\n`;
    })
    .join('')
    .replace(/\n$/, '');
}

/** `--recursive`: names and types only. */
function tree(schema: Schema, level: number, seen: readonly string[]): string {
  const { properties = {}, required = [] } = elementOf(schema);
  return Object.keys(properties)
    .sort()
    .map((name) => {
      const field = properties[name] ?? {};
      const type = typeName(field);
      const line = `${'  '.repeat(level)}${name}\t<${type}>${required.includes(name) ? ' -required-' : ''}\n`;
      const values = resolved(field).enum;
      const list = values
        ? `${'  '.repeat(level)}enum: ${[...values].sort().slice(0, 4).join(', ')}${values.length > 4 ? ', ....' : ''}\n`
        : '';
      return line + list + (seen.includes(type) ? '' : tree(field, level + 1, [...seen, type]));
    })
    .join('');
}
