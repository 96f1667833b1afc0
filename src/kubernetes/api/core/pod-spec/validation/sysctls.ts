// Upstream: pkg/apis/core/validation/validation.go `validateSysctls`,
// staging/src/k8s.io/component-helpers/node/util/sysctl/namespace.go
import { type FieldError, invalid, type Path, required } from '../../../field-error';
import type { PodSpec } from '../../../generated/core-v1';
import { byteLength } from '../../../meta/names';

const segment = '[a-z0-9]([-_a-z0-9]*[a-z0-9])?';
const pattern = `^(${segment}[\\./])*${segment}$`;
const isName = new RegExp(pattern);
const maxBytes = 253;

const ipcNames = new Set(['kernel.sem']);
const ipcPrefixes = ['kernel.shm', 'kernel.msg', 'fs.mqueue.'];

/** The kernel namespace a sysctl belongs to, where it has one. */
function namespaceOf(sysctl: string): 'net' | 'ipc' | undefined {
  const name = /^[^./]*\//.test(sysctl) ? sysctl.replace(/[./]/g, (char) => (char === '/' ? '.' : '/')) : sysctl;
  if (name.startsWith('net.')) return 'net';
  return ipcNames.has(name) || ipcPrefixes.some((prefix) => name.startsWith(prefix)) ? 'ipc' : undefined;
}

/** What is wrong with the name, and whether its namespace is the node's. Pods may not turn the node's screws. */
export function validateSysctl(
  name: string,
  spec: PodSpec,
  path: Path,
): { format: FieldError[]; namespace: FieldError[] } {
  const format: FieldError[] = [];
  if (!name) format.push(required(path));
  else if (byteLength(name) > maxBytes || !isName.test(name)) {
    format.push(invalid(path, name, `must have at most ${maxBytes} characters and match regex ${pattern}`));
  }
  const namespace: FieldError[] = [];
  const kind = namespaceOf(name);
  if (spec.hostNetwork && kind === 'net') {
    namespace.push(invalid(path, name, "may not be specified when 'hostNetwork' is true"));
  } else if (spec.hostIPC && kind === 'ipc') {
    namespace.push(invalid(path, name, "may not be specified when 'hostIPC' is true"));
  }
  return { format, namespace };
}
