/**
 * What upstream prints of a value is its internal type: Go's field names, every field, in the order of the struct.
 * Upstream: pkg/apis/core/types.go
 */
type FieldType =
  'string' | 'int' | 'bool' | 'pointer' | 'list' | 'map' | StructName | `*${StructName}` | `[]${StructName}`;

export type InternalStruct = StructName;

type StructName =
  | 'SecurityContext'
  | 'Capabilities'
  | 'SELinuxOptions'
  | 'WindowsSecurityContextOptions'
  | 'SeccompProfile'
  | 'AppArmorProfile'
  | 'PodResourceClaim'
  | 'ServicePort'
  | 'PodTemplateSpec'
  | 'Taint'
  | 'PersistentVolumeClaimSpec'
  | 'DeploymentStrategy'
  | 'RollingUpdateDeployment'
  | 'DaemonSetUpdateStrategy'
  | 'RollingUpdateDaemonSet'
  | 'StatefulSetUpdateStrategy'
  | 'RollingUpdateStatefulSetStrategy';

type Row = readonly [goName: string, jsonName: string, type: FieldType];

const structs: Readonly<Record<StructName, readonly Row[]>> = {
  SecurityContext: [
    ['Capabilities', 'capabilities', '*Capabilities'],
    ['Privileged', 'privileged', 'pointer'],
    ['SELinuxOptions', 'seLinuxOptions', '*SELinuxOptions'],
    ['WindowsOptions', 'windowsOptions', '*WindowsSecurityContextOptions'],
    ['RunAsUser', 'runAsUser', 'pointer'],
    ['RunAsGroup', 'runAsGroup', 'pointer'],
    ['RunAsNonRoot', 'runAsNonRoot', 'pointer'],
    ['ReadOnlyRootFilesystem', 'readOnlyRootFilesystem', 'pointer'],
    ['AllowPrivilegeEscalation', 'allowPrivilegeEscalation', 'pointer'],
    ['ProcMount', 'procMount', 'pointer'],
    ['SeccompProfile', 'seccompProfile', '*SeccompProfile'],
    ['AppArmorProfile', 'appArmorProfile', '*AppArmorProfile'],
  ],
  Capabilities: [
    ['Add', 'add', 'list'],
    ['Drop', 'drop', 'list'],
  ],
  SELinuxOptions: [
    ['User', 'user', 'string'],
    ['Role', 'role', 'string'],
    ['Type', 'type', 'string'],
    ['Level', 'level', 'string'],
  ],
  WindowsSecurityContextOptions: [
    ['GMSACredentialSpecName', 'gmsaCredentialSpecName', 'pointer'],
    ['GMSACredentialSpec', 'gmsaCredentialSpec', 'pointer'],
    ['RunAsUserName', 'runAsUserName', 'pointer'],
    ['HostProcess', 'hostProcess', 'pointer'],
  ],
  SeccompProfile: [
    ['Type', 'type', 'string'],
    ['LocalhostProfile', 'localhostProfile', 'pointer'],
  ],
  AppArmorProfile: [
    ['Type', 'type', 'string'],
    ['LocalhostProfile', 'localhostProfile', 'pointer'],
  ],
  PodResourceClaim: [
    ['Name', 'name', 'string'],
    ['ResourceClaimName', 'resourceClaimName', 'pointer'],
    ['ResourceClaimTemplateName', 'resourceClaimTemplateName', 'pointer'],
  ],
  ServicePort: [
    ['Name', 'name', 'string'],
    ['Protocol', 'protocol', 'string'],
    ['AppProtocol', 'appProtocol', 'pointer'],
    ['Port', 'port', 'int'],
    ['TargetPort', 'targetPort', 'int'],
    ['NodePort', 'nodePort', 'int'],
  ],
  PodTemplateSpec: [],
  Taint: [
    ['Key', 'key', 'string'],
    ['Value', 'value', 'string'],
    ['Effect', 'effect', 'string'],
    ['TimeAdded', 'timeAdded', 'pointer'],
  ],
  PersistentVolumeClaimSpec: [
    ['AccessModes', 'accessModes', 'list'],
    ['Selector', 'selector', 'pointer'],
    ['Resources', 'resources', 'pointer'],
    ['VolumeName', 'volumeName', 'string'],
    ['StorageClassName', 'storageClassName', 'pointer'],
    ['VolumeMode', 'volumeMode', 'pointer'],
    ['DataSource', 'dataSource', 'pointer'],
    ['DataSourceRef', 'dataSourceRef', 'pointer'],
    ['VolumeAttributesClassName', 'volumeAttributesClassName', 'pointer'],
  ],
  DeploymentStrategy: [
    ['Type', 'type', 'string'],
    ['RollingUpdate', 'rollingUpdate', '*RollingUpdateDeployment'],
  ],
  RollingUpdateDeployment: [
    ['MaxUnavailable', 'maxUnavailable', 'int'],
    ['MaxSurge', 'maxSurge', 'int'],
  ],
  DaemonSetUpdateStrategy: [
    ['Type', 'type', 'string'],
    ['RollingUpdate', 'rollingUpdate', '*RollingUpdateDaemonSet'],
  ],
  RollingUpdateDaemonSet: [
    ['MaxUnavailable', 'maxUnavailable', 'int'],
    ['MaxSurge', 'maxSurge', 'int'],
  ],
  StatefulSetUpdateStrategy: [
    ['Type', 'type', 'string'],
    ['RollingUpdate', 'rollingUpdate', '*RollingUpdateStatefulSetStrategy'],
  ],
  RollingUpdateStatefulSetStrategy: [
    ['Partition', 'partition', 'int'],
    ['MaxUnavailable', 'maxUnavailable', 'pointer'],
  ],
};

const zeros: Readonly<Record<string, unknown>> = { string: '', int: 0, bool: false };

/** The value as its internal type would be marshalled: an object whose keys stand in Go's order. */
export function internalForm(name: StructName, value: object): { [field: string]: unknown } {
  const fields = new Map<string, unknown>(Object.entries(value));
  const out: { [field: string]: unknown } = {};
  for (const [goName, jsonName, type] of structs[name]) out[goName] = formOf(type, fields.get(jsonName));
  return out;
}

function formOf(type: FieldType, value: unknown): unknown {
  const struct = structNameOf(type);
  if (value === undefined || value === null) {
    if (struct && type === struct) return internalForm(struct, {});
    return zeros[type] ?? null;
  }
  if (!struct) return value;
  if (Array.isArray(value)) return value.map((item: unknown) => internalForm(struct, Object(item) as object));
  return internalForm(struct, Object(value) as object);
}

function structNameOf(type: FieldType): StructName | undefined {
  const name = type.replace(/^(\*|\[\])/, '');
  return name in structs ? (name as StructName) : undefined; // just looked up
}
