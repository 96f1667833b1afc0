import type { KubeObject } from '@/kubernetes/api/object';
import { isObject } from '@/kubernetes/api/object';
import { badRequest } from '@/kubernetes/apiserver/status';
import { KubectlError, StatusError } from '../errors';
import type { Invocation } from '../invocation';
import { line } from './get';
import { checkPath, targetOf } from './path';

/**
 * `create --raw PATH -f FILE`, `replace --raw …`, `delete --raw PATH`: the file is sent as it is, and the answer is printed
 * as it came. Upstream: kubectl/pkg/rawhttp/raw.go, and `Validate` of the commands. Throws.
 */
export function sendRaw(invocation: Invocation, verb: 'create' | 'update' | 'delete'): void {
  const { flags, context } = invocation;
  const path = flags.string('raw');
  const files = flags.list('filename');
  if (verb === 'create' && flags.bool('edit')) throw new KubectlError('--raw and --edit are mutually exclusive');
  const [file] = files;
  if (files.length > 1 || (verb !== 'delete' && file === undefined)) {
    throw new KubectlError('--raw can only use a single local file or stdin');
  }
  if (file !== undefined && /^https?:\/\//.test(file)) throw new KubectlError('--raw cannot read from a url');
  if (flags.bool('recursive')) throw new KubectlError('--raw and --recursive are mutually exclusive');
  if (verb === 'create' && flags.string('selector') !== '') {
    throw new KubectlError('--raw and --selector (-l) are mutually exclusive');
  }
  if (flags.string('output') !== '') throw new KubectlError('--raw and --output are mutually exclusive');
  checkPath(path);
  const { mapping, ask } = targetOf(invocation, path);
  if (verb === 'delete') {
    invocation.out(line(invocation, invocation.request('delete', mapping, ask)));
    return;
  }
  const text = file === '-' ? context.stdin : context.files.read(file ?? '');
  if (text === undefined) throw new KubectlError(`open ${file ?? ''}: no such file or directory`);
  invocation.out(line(invocation, invocation.request(verb, mapping, { ...ask, body: jsonBody(text, mapping.kind) })));
}

/** The server takes a body without a type for JSON. Upstream: apiserver/pkg/endpoints/handlers/create.go. */
function jsonBody(text: string, kind: string): KubeObject {
  try {
    const value: unknown = JSON.parse(text);
    // The server judges what it is.
    if (isObject(value)) return value as KubeObject;
  } catch {
    // What is no JSON is told below.
  }
  const bytes = new TextEncoder().encode(text);
  const shown = [...bytes.slice(0, 30)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  const [first = ''] = text.trimStart();
  throw new StatusError(
    badRequest(
      `the object provided is unrecognized (must be of type ${kind}): couldn't get version/kind; json parse error: invalid character '${first}' looking for beginning of value (${shown}${bytes.length > 30 ? ' ...' : ''})`,
    ),
  );
}
