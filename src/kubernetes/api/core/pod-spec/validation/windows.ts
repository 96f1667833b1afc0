// Upstream: pkg/apis/core/validation/validation.go `validateWindowsSecurityContextOptions`,
// `validateWindowsHostProcessPod`, `validateOS`, `validateLinux`, `validateWindows`
import { type FieldError, forbidden, invalid, type Path, required } from '../../../field-error';
import type { PodSpec, WindowsSecurityContextOptions } from '../../../generated/core-v1';
import { complaints } from '../../../meta/labels';
import { dns1123Subdomain } from '../../../meta/names';
import { containersOf } from './all-containers';
import { oneOf } from './supported';

const maxSpecBytes = 64 * 1024;
const netBios = /^[^\\/:*?"<>|.][^\\/:*?"<>|]{0,14}$/;
const dnsLabel = '[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?';
const dnsDomain = new RegExp(`^${dnsLabel}(?:\\.${dnsLabel})*$`);

export function validateWindowsOptions(options: WindowsSecurityContextOptions | undefined, path: Path): FieldError[] {
  if (!options) return [];
  const { gmsaCredentialSpecName, gmsaCredentialSpec, runAsUserName } = options;
  const errors: FieldError[] = [];
  if (gmsaCredentialSpecName !== undefined) {
    errors.push(...complaints(dns1123Subdomain, path.child('gmsaCredentialSpecName'), gmsaCredentialSpecName));
  }
  if (gmsaCredentialSpec === '') {
    errors.push(invalid(path.child('gmsaCredentialSpec'), '', 'gmsaCredentialSpec cannot be an empty string'));
  } else if ((gmsaCredentialSpec ?? '').length > maxSpecBytes) {
    const text = 'gmsaCredentialSpec size must be under 64 KiB';
    errors.push(invalid(path.child('gmsaCredentialSpec'), gmsaCredentialSpec, text));
  }
  if (runAsUserName !== undefined) {
    errors.push(
      ...userNameErrors(runAsUserName).map((text) => invalid(path.child('runAsUserName'), runAsUserName, text)),
    );
  }
  return errors;
}

/** `DOMAIN\\USER` or `USER`. */
function userNameErrors(name: string): string[] {
  if (name === '') return ['runAsUserName cannot be an empty string'];
  if ([...name].some((char) => char < ' ' || char === '\x7f'))
    return ['runAsUserName cannot contain control characters'];
  const parts = name.split('\\');
  if (parts.length > 2) return ['runAsUserName cannot contain more than one backslash'];
  const user = parts.at(-1) ?? '';
  const domain = parts.length === 2 ? parts[0] : undefined;
  const errors: string[] = [];
  if ((domain ?? '').length >= 256) errors.push("runAsUserName's Domain length must be under 256 characters");
  if (domain !== undefined && !netBios.test(domain) && !dnsDomain.test(domain)) {
    errors.push("runAsUserName's Domain doesn't match the NetBios nor the DNS format");
  }
  if (user === '') errors.push("runAsUserName's User cannot be empty");
  else if (user.length > 104) errors.push("runAsUserName's User length must not be longer than 104 characters");
  if (/^[. ]+$/.test(user)) errors.push("runAsUserName's User cannot contain only periods or spaces");
  if (/["/\\:;|=,+*?<>@[\]]/.test(user)) {
    errors.push('runAsUserName\'s User cannot contain the following characters: "/\\:;|=,+*?<>@[]');
  }
  return errors;
}

/** All containers or none are host processes, and host processes live on the node's network. */
export function validateHostProcess(spec: PodSpec, path: Path): FieldError[] {
  const errors: FieldError[] = [];
  const ofPod = spec.securityContext?.windowsOptions?.hostProcess;
  let containers = 0;
  let hostProcesses = 0;
  for (const { container, at } of containersOf(spec, path)) {
    containers++;
    const own = container.securityContext?.windowsOptions?.hostProcess;
    if (ofPod !== undefined && own !== undefined && ofPod !== own) {
      const text = `pod hostProcess value must be identical if both are specified, was ${ofPod}`;
      errors.push(invalid(at.child('securityContext', 'windowsOptions', 'hostProcess'), own, text));
    }
    if (own ?? ofPod) hostProcesses++;
  }
  if (hostProcesses === 0) return errors;
  if (hostProcesses !== containers) {
    const text = 'If pod contains any hostProcess containers then all containers must be HostProcess containers';
    errors.push(invalid(path, '', text));
  }
  if (!spec.hostNetwork) {
    const text = 'hostNetwork must be true if pod contains any hostProcess containers';
    errors.push(invalid(path.child('hostNetwork'), false, text));
  }
  return errors;
}

/** Fields of a Windows Pod that only Linux has, in upstream's order: where the field is, and what it is called. */
const linuxOnlyOfPod: readonly (readonly [inContext: boolean, field: string])[] = [
  [true, 'appArmorProfile'],
  [true, 'seLinuxOptions'],
  [false, 'hostUsers'],
  [false, 'hostPID'],
  [false, 'hostIPC'],
  [true, 'seccompProfile'],
  [true, 'fsGroup'],
  [true, 'fsGroupChangePolicy'],
  [true, 'sysctls'],
  [false, 'shareProcessNamespace'],
  [true, 'runAsUser'],
  [true, 'runAsGroup'],
  [true, 'supplementalGroups'],
  [true, 'supplementalGroupsPolicy'],
  [true, 'seLinuxChangePolicy'],
];
const linuxOnlyOfContainer = [
  'appArmorProfile',
  'seLinuxOptions',
  'seccompProfile',
  'capabilities',
  'readOnlyRootFilesystem',
  'privileged',
  'allowPrivilegeEscalation',
  'procMount',
  'runAsUser',
  'runAsGroup',
];

export function validateOs(spec: PodSpec, path: Path): FieldError[] {
  const name = spec.os?.name;
  if (!spec.os) return [];
  if (!name) return [required(path.child('os', 'name'))];
  if (name === 'linux') return windowsOptionsOnLinux(spec, path);
  return name === 'windows' ? linuxFieldsOnWindows(spec, path) : oneOf(name, ['linux', 'windows'], path.child('os'));
}

function windowsOptionsOnLinux(spec: PodSpec, path: Path): FieldError[] {
  const holders = [{ securityContext: spec.securityContext, at: path }];
  for (const { container, at } of containersOf(spec, path))
    holders.push({ securityContext: container.securityContext, at });
  return holders
    .filter(({ securityContext }) => securityContext?.windowsOptions)
    .map(({ at }) =>
      forbidden(at.child('securityContext', 'windowsOptions'), 'windows options cannot be set for a linux pod'),
    );
}

function linuxFieldsOnWindows(spec: PodSpec, path: Path): FieldError[] {
  const text = 'cannot be set for a windows pod';
  const ofPod = new Map<string, unknown>(Object.entries(spec));
  const ofContext = new Map<string, unknown>(Object.entries(spec.securityContext ?? {}));
  const errors = linuxOnlyOfPod
    .filter(([inContext, field]) => isSet((inContext ? ofContext : ofPod).get(field)))
    .map(([inContext, field]) => forbidden(inContext ? path.child('securityContext', field) : path.child(field), text));
  for (const { container, at } of containersOf(spec, path)) {
    const context = new Map<string, unknown>(Object.entries(container.securityContext ?? {}));
    for (const field of linuxOnlyOfContainer) {
      if (context.get(field) !== undefined) errors.push(forbidden(at.child('securityContext', field), text));
    }
  }
  return errors;
}

/** hostPID and hostIPC are plain booleans upstream; the others count as set even when false. */
function isSet(value: unknown): boolean {
  return value !== undefined && !(Array.isArray(value) && value.length === 0);
}
