import { isObject, type KubeObject } from '@/kubernetes/api/object';
import { KubectlError } from '../errors';
import type { Invocation } from '../invocation';
import type { FileSystem } from '../command';
import { kindName } from '../resource/mapping';
import { customColumns } from './custom-columns';
import { goJson, goStructJson } from '@/kubernetes/strconv/go-json';
import { goSyntax } from './go-syntax';
import { JsonPathFailure, type JsonPathTemplate, jsonPathTemplate } from './jsonpath';
import { JsonPathSyntax } from './jsonpath-parse';
import { toKyaml } from './kyaml';
import { goTemplates } from './load-go-templates';
import { itemsOf, type ObjectPrinter } from './object-printer';
import { inTypedOrder } from './typed-order';
import { toYaml } from './yaml';

/** `deployment.apps/web created (server dry run)`. Upstream: cli-runtime/pkg/printers/name.go. */
export function resultLine(object: KubeObject, operation: string, suffix = ''): string {
  const name = `${kindName(object.kind, object.apiVersion)}/${object.metadata.name}`;
  return operation === '' ? `${name}\n` : `${name} ${operation}${suffix}\n`;
}

const templateFormats = [
  'go-template',
  'go-template-file',
  'jsonpath',
  'jsonpath-as-json',
  'jsonpath-file',
  'template',
  'templatefile',
];
/** What `kubectl get` prints beside. */
const getFormats = ['custom-columns', 'custom-columns-file', 'wide'];

/** In which the commands differ that print objects. */
export interface PrinterOptions {
  /** `kubectl get` knows `wide` and custom columns besides. */
  readonly forGet?: boolean;
  /** The command works on typed objects: their fields keep the order of the Go structs. */
  readonly typed?: boolean;
}

/**
 * The printer for `-o`; undefined when none was asked for (and, for `get`, for `wide`). Upstream:
 * cli-runtime/pkg/genericclioptions/print_flags.go. Throws for a format that does not exist.
 */
export function printerOf(
  { flags, context, facts, minor }: Invocation,
  { forGet = false, typed = false }: PrinterOptions = {},
): ObjectPrinter | undefined {
  const { files } = context;
  const kyaml = facts.kyaml || context.environment.get('KUBECTL_KYAML') === 'true';
  const output = flags.string('output');
  const template = flags.string('template');
  if (output === '' && template === '') return undefined;
  if (forGet && output === 'wide') return undefined;
  const equals = output.indexOf('=');
  const format = equals < 0 ? output || 'go-template' : output.slice(0, equals);
  const argument = equals < 0 ? template : output.slice(equals + 1);
  const shown = (object: KubeObject) => (flags.bool('show-managed-fields') ? object : withoutManagedFields(object));
  switch (format.toLowerCase()) {
    case 'json':
      return (object) =>
        typed ? `${goStructJson(inTypedOrder(shown(object), minor), 4)}\n` : `${goJson(shown(object), 4)}\n`;
    case 'yaml': {
      let printed = 0;
      return (object) => `${printed++ > 0 ? '---\n' : ''}${toYaml(shown(object))}`;
    }
    case 'kyaml': {
      if (!kyaml) break;
      return (object) => `---\n${toKyaml(shown(object))}`;
    }
    case 'name':
      return (object) =>
        itemsOf(object)
          .map((item) => resultLine(item, ''))
          .join('');
    case 'jsonpath':
    case 'jsonpath-file':
    case 'jsonpath-as-json':
      return jsonPathPrinter(format, templateText(format, argument, files), flags.bool('allow-missing-template-keys'));
    case 'go-template':
    case 'go-template-file':
    case 'template':
    case 'templatefile':
      return goTemplates().goTemplatePrinter(templateText(format, argument, files), {
        strict: !flags.bool('allow-missing-template-keys'),
        stdout: context.stdout,
        json: (object) => (typed ? goStructJson(inTypedOrder(object, minor)) : goJson(object)),
      });
    case 'custom-columns':
    case 'custom-columns-file':
      if (forGet) return customColumns(format, argument, flags, context);
  }
  const plain = [...templateFormats, 'json', ...(kyaml ? ['kyaml'] : []), 'name', 'yaml'];
  const allowed = [...plain, ...(forGet ? getFormats : [])].sort();
  throw new KubectlError(
    `unable to match a printer suitable for the output format "${output}", allowed formats are: ${allowed.join(',')}`,
  );
}

function templateText(format: string, argument: string, files: FileSystem): string {
  if (argument === '') throw new KubectlError('template format specified but no template given');
  if (!format.endsWith('file')) return argument;
  const text = files.read(argument);
  if (text === undefined) {
    throw new KubectlError(`error reading --template ${argument}, open ${argument}: no such file or directory\n`);
  }
  return text;
}

function jsonPathPrinter(format: string, template: string, allowMissing: boolean): ObjectPrinter {
  const run = parsedJsonPath(template);
  return (object) => {
    try {
      return run(object, allowMissing ? 'nothing' : 'failure', format === 'jsonpath-as-json');
    } catch (error) {
      if (!(error instanceof JsonPathFailure)) throw error;
      const head = `Error executing template: ${error.message}. Printing more information for debugging the template:`;
      const body = `\ttemplate was:\n\t\t${template}\n\tobject given to jsonpath engine was:\n\t\t${goSyntax(object)}\n\n`;
      throw new KubectlError(`error executing jsonpath ${JSON.stringify(template)}: ${head}\n${body}\n`);
    }
  };
}

function parsedJsonPath(template: string): JsonPathTemplate {
  try {
    return jsonPathTemplate(template);
  } catch (error) {
    if (error instanceof JsonPathSyntax) throw new KubectlError(`error parsing jsonpath ${template}, ${error.message}`);
    throw error;
  }
}

/** Upstream: cli-runtime/pkg/printers/managedfields.go. */
export function withoutManagedFields(object: KubeObject): KubeObject {
  const { managedFields, ...metadata } = object.metadata;
  const bare: KubeObject = managedFields === undefined ? object : { ...object, metadata };
  if (!Array.isArray(bare.items) || !bare.items.every(isObject)) return bare;
  return { ...bare, items: (bare.items as KubeObject[]).map(withoutManagedFields) }; // a List's items are objects of the API
}
