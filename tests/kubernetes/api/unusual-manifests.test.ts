import { describe, expect, it } from 'vitest';
import { defaultPullPolicy } from '@/kubernetes/api/core/pod-spec/image-name';
import { jsonError } from '@/kubernetes/api/core/json-error';
import { canonicalQuantity, wholeValue } from '@/kubernetes/api/quantity';
import { compile } from '@/kubernetes/cel/program';
import { CelError } from '@/kubernetes/cel/source';
import { objectOf, server, yaml } from '../apiserver/server';
import { create, verdict } from './verdict';

const specOf = (text: string) => create([text]).body.spec;

// staging/src/k8s.io/apiserver/pkg/registry/rest/create.go
describe('metadata.generation', () => {
  const configMap = (generation: number) =>
    `{apiVersion: v1, kind: ConfigMap, metadata: {name: a, generation: ${generation}}}`;

  it('may not be negative where the kind does not count', () => {
    expect(verdict(configMap(-1))).toEqual([
      'metadata.generation: Invalid value: -1: must be greater than or equal to 0',
    ]);
  });

  it('stays as it was sent where the kind does not count, and begins at 1 where it does', () => {
    expect(create([configMap(5)]).body.metadata).toHaveProperty('generation', 5);
    const policy = `{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: a, generation: 5}, spec: {podSelector: {}}}`;
    expect(create([policy]).body.metadata).toHaveProperty('generation', 1);
  });
});

describe('what defaults leave alone', () => {
  // pkg/registry/core/limitrange/strategy.go
  it('a LimitRange finds itself a name', () => {
    const { code, body } = create(['{apiVersion: v1, kind: LimitRange, spec: {limits: []}}']);
    expect(code).toBe(201);
    expect(body.metadata).toHaveProperty('name', expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f-]{27}$/));
  });

  // pkg/apis/apps/v1/defaults.go `SetDefaults_StatefulSet`
  it('a rolling update that was asked for by name gets no partition', () => {
    const set = (strategy: string) => `
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  selector: {matchLabels: {a: b}}
  updateStrategy: ${strategy}
  template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i}]}}`;
    expect(specOf(set('{type: RollingUpdate}'))).toHaveProperty('updateStrategy', { type: 'RollingUpdate' });
    expect(specOf(set('{}'))).toHaveProperty('updateStrategy.rollingUpdate', { partition: 0 });
    // pkg/features/kube_features.go: MaxUnavailableStatefulSet is off
    const most = '{type: RollingUpdate, rollingUpdate: {maxUnavailable: 2}}';
    expect(specOf(set(most))).toHaveProperty('updateStrategy.rollingUpdate', { partition: 0 });
  });

  // pkg/apis/autoscaling/v2/defaults.go `copyHPAScalingRules`
  it('an empty list of scaling policies is one', () => {
    const text = `
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: a}
spec: {maxReplicas: 2, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: d}, behavior: {scaleUp: {policies: []}}}`;
    expect(verdict(text)).toEqual(['spec.behavior.scaleUp.policies: Required value: must specify at least one Policy']);
  });

  // pkg/registry/core/node/strategy.go `dropDisabledFields`
  it('a Node has no configuration from the API any more', () => {
    const config = '{configMap: {name: a, namespace: b, kubeletConfigKey: k}}';
    expect(
      specOf(`{apiVersion: v1, kind: Node, metadata: {name: a}, spec: {configSource: ${config}}}`),
    ).not.toHaveProperty('configSource');
  });

  // github.com/distribution/reference: `RepositoryNameTotalLengthMax`
  it('an image whose path is too long has no tag', () => {
    expect(defaultPullPolicy(`registry.example.com/${'x'.repeat(255)}`)).toBe('Always');
    expect(defaultPullPolicy(`registry.example.com/${'x'.repeat(256)}`)).toBe('IfNotPresent');
    expect(defaultPullPolicy('x'.repeat(248))).toBe('IfNotPresent');
    expect(defaultPullPolicy('a'.repeat(64))).toBe('IfNotPresent');
  });
});

// pkg/api/persistentvolumeclaim/util.go
describe('data sources of a claim', () => {
  const claim = (fields: string) => `
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: a}
spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}, ${fields}}`;

  it('must be the same, and upstream prints nothing of them', () => {
    const two =
      'dataSource: {kind: PersistentVolumeClaim, name: a}, dataSourceRef: {kind: PersistentVolumeClaim, name: b}';
    expect(verdict(claim(two))).toEqual(['spec: Invalid value: {}: must match dataSourceRef']);
  });

  it('are dropped where they lie in another namespace or are of an unknown kind', () => {
    const spec = {
      accessModes: ['ReadWriteOnce'],
      resources: { requests: { storage: '1Gi' } },
      volumeMode: 'Filesystem',
    };
    expect(specOf(claim('dataSourceRef: {kind: PersistentVolumeClaim, name: b, namespace: other}'))).toEqual(spec);
    expect(specOf(claim('dataSource: {apiGroup: example.com, kind: Thing, name: b}'))).toEqual(spec);
  });

  it('fill one another in, with the group that is not there', () => {
    const source = { apiGroup: null, kind: 'PersistentVolumeClaim', name: 'b' };
    const filled = specOf(claim('dataSourceRef: {kind: PersistentVolumeClaim, name: b}'));
    expect(filled).toMatchObject({ dataSource: source, dataSourceRef: source });
  });
});

describe('texts of rare refusals', () => {
  // pkg/apis/node/validation/validation.go `validateTolerations`
  it('a toleration that is there twice', () => {
    const one = '{key: a, operator: Exists, effect: NoSchedule}';
    const text = `{apiVersion: node.k8s.io/v1, kind: RuntimeClass, metadata: {name: a}, handler: h, scheduling: {tolerations: [${one}, ${one}]}}`;
    expect(verdict(text)).toEqual([
      'scheduling.tolerations[1]: Duplicate value: {"Key":"a","Operator":"Exists","Value":"","Effect":"NoSchedule","TolerationSeconds":null}',
    ]);
  });

  // pkg/apis/rbac/validation/validation.go `ValidateClusterRole`
  it('a selector that cannot be made is refused twice', () => {
    const selector = '{matchExpressions: [{key: a, operator: Is}]}';
    const text = `{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {name: a}, aggregationRule: {clusterRoleSelectors: [${selector}]}}`;
    const at = 'aggregationRule.clusterRoleSelectors[0]';
    expect(verdict(text)).toEqual([
      `${at}.matchExpressions[0].operator: Invalid value: "Is": not a valid selector operator`,
      `${at}: Invalid value: null: invalid label selector.`,
    ]);
  });

  // pkg/apis/policy/validation/validation.go: the spec only
  it('a PodDisruptionBudget is asked for its name last', () => {
    const text = `{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {}, spec: {maxUnavailable: -1}}`;
    expect(verdict(text)).toEqual(['spec.maxUnavailable: Invalid value: -1: must be greater than or equal to 0']);
    const named = `{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {}, spec: {}}`;
    expect(verdict(named)).toEqual(['metadata.name: Required value: name or generateName is required']);
  });

  // pkg/apis/core/validation/validation.go `validateOS`, `validateContainerRestartPolicy`
  it('an operating system without a name, and restart rules without values', () => {
    const pod = (fields: string, container = '') =>
      `{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: c, image: i${container}}]${fields}}}`;
    expect(verdict(pod(', os: {}'))).toEqual(['spec.os.name: Required value']);
    const rules = ', restartPolicy: Never, restartPolicyRules: [{action: Restart, exitCodes: {operator: In}}]';
    expect(verdict(pod('', rules))).toEqual([]);
  });

  // pkg/apis/discovery/validation/validation.go `validatePorts`
  it('the port of a slice has no range', () => {
    const text = `{apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {name: a}, addressType: IPv4, endpoints: [], ports: [{port: 70000}]}`;
    expect(verdict(text)).toEqual([]);
  });

  // pkg/apis/core/validation/validation.go `ValidateNode`
  it('two ranges of a Node must be of two families', () => {
    const node = (cidrs: string) => `{apiVersion: v1, kind: Node, metadata: {name: a}, spec: {podCIDRs: ${cidrs}}}`;
    expect(verdict(node('[10.0.0.0/24, "fd00::/64"]'))).toEqual([]);
    expect(verdict(node('[10.0.0.0/24, 10.0.1.0/24]'))).toEqual([
      'spec.podCIDRs: Invalid value: ["10.0.0.0/24","10.0.1.0/24"]: may specify no more than one CIDR for each IP family',
    ]);
  });

  // pkg/apis/batch/types.go: printed as the internal type
  it('a success policy without indexes', () => {
    const text = `
apiVersion: batch/v1
kind: Job
metadata: {name: a}
spec: {successPolicy: {rules: [{succeededCount: 1}]}, template: {spec: {restartPolicy: Never, containers: [{name: c, image: i}]}}}`;
    expect(verdict(text)).toEqual([
      'spec.successPolicy: Invalid value: {"Rules":[{"SucceededIndexes":null,"SucceededCount":1}]}: requires indexed completion mode',
    ]);
  });
});

// pkg/registry/core/service/storage/alloc.go `initIPFamilyFields`
describe('addresses of a Service', () => {
  const service = (spec: string) => `{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {${spec}}}`;

  it('are judged before the rest, and end the request', () => {
    expect(verdict(service('clusterIP: oops, selector: {a: "b c"}'))).toEqual([
      'spec.clusterIPs[0]: Invalid value: "oops": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
    ]);
    expect(verdict(service('ipFamilies: [IPv4, IPv4], externalTrafficPolicy: Wrong'))).toEqual([
      'spec.ipFamilies[1]: Duplicate value: "IPv4"',
    ]);
  });

  it('name their own family', () => {
    expect(verdict(service('clusterIP: "::1", ports: [{port: 80}]'))).toEqual([
      'spec.clusterIPs[0]: Invalid value: ["::1"]: IPv6 is not configured on this cluster',
    ]);
    expect(verdict(service('ipFamilyPolicy: RequireDualStack, ports: [{port: 80}]'))).toEqual([
      'spec.ipFamilyPolicy: Invalid value: "RequireDualStack": this cluster is not configured for dual-stack services',
    ]);
  });
});

describe('values that read themselves', () => {
  const lease = (time: string) => `
apiVersion: coordination.k8s.io/v1
kind: Lease
metadata: {name: a}
spec: {renewTime: ${JSON.stringify(time)}}`;
  const layout = '"2006-01-02T15:04:05.000000Z07:00"';

  // Go: src/time/format.go
  it.each([
    ['8080', `"8080" as ${layout}: cannot parse "" as "-"`],
    ['über', String.raw`"\xc3\xbcber" as ${layout}: cannot parse "\xc3\xbcber" as "2006"`],
    ['2024-13-01T00:00:00Z', '"2024-13-01T00:00:00Z": month out of range'],
    ['2024-02-30T00:00:00.000000Z', '"2024-02-30T00:00:00.000000Z": day out of range'],
    ['2024-01-01T00:00:00.5Z', `"2024-01-01T00:00:00.5Z" as ${layout}: cannot parse ".5Z" as ".000000"`],
    ['2024-1-1T1:2:3Z', `"2024-1-1T1:2:3Z" as ${layout}: cannot parse "1-1T1:2:3Z" as "01"`],
    ['2024-01-01T00:00:00.000000Zx', '"2024-01-01T00:00:00.000000Zx": extra text: "x"'],
  ])('the time %j', (time, why) => {
    expect(verdict(lease(time))).toEqual([`Lease in version "v1" cannot be handled as a Lease: parsing time ${why}`]);
  });

  it.each([
    ['2024-01-01T00:00:00.000000+01:00', '2023-12-31T23:00:00.000000Z'],
    ['2024-01-01T1:00:00,123456Z', '2024-01-01T01:00:00.123456Z'],
  ])('the time %j is stored in UTC', (time, stored) => {
    expect(specOf(lease(time))).toEqual({ renewTime: stored });
  });

  // Go: src/encoding/base64/base64.go
  it.each([
    ['a\nb', 1],
    ['abü', 2],
    ['ab=', 3],
    ['ab==c', 4],
    ['a===', 1],
    ['YQ==YQ==', 4],
  ])('the bytes %j', (text, offset) => {
    const map = `{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, binaryData: {k: ${JSON.stringify(text)}}}`;
    expect(verdict(map)).toEqual([
      `ConfigMap in version "v1" cannot be handled as a ConfigMap: illegal base64 data at input byte ${offset}`,
    ]);
  });

  // staging/src/k8s.io/apimachinery/pkg/util/validation/validation.go `IsDomainPrefixedPath`
  it('the manager of a Job', () => {
    const job = (name: string) => `
apiVersion: batch/v1
kind: Job
metadata: {name: a}
spec: {managedBy: ${JSON.stringify(name)}, template: {spec: {restartPolicy: Never, containers: [{name: c, image: i}]}}}`;
    expect(verdict(job('example.com/a'))).toEqual([]);
    expect(verdict(job('example.com/a b'))).toEqual([
      String.raw`spec.managedBy: Invalid value: "a b": Invalid path (regex used for validation is '[A-Za-z0-9/\-._~%!$&'()*+,;=:]+')`,
    ]);
    expect(verdict(job(`example.com/${'x'.repeat(60)}`))).toEqual([
      'spec.managedBy: Too long: may not be more than 63 bytes',
    ]);
  });
});

describe('what is said besides', () => {
  // staging/src/k8s.io/apiserver/pkg/endpoints/handlers/rest.go
  it('owners that are named twice are kept once, with a warning', () => {
    const owner = '{apiVersion: v1, kind: Pod, name: p, uid: u}';
    const text = `{apiVersion: v1, kind: ConfigMap, metadata: {name: a, ownerReferences: [${owner}, ${owner}]}}`;
    const { body, warnings } = create([text]);
    expect(body.metadata).toHaveProperty('ownerReferences.length', 1);
    expect(warnings).toEqual([
      '.metadata.ownerReferences contains duplicate entries; API server dedups owner references in 1.20+, and may reject such requests as early as 1.24; please fix your requests; duplicate UID(s) observed: u',
    ]);
  });

  // pkg/registry/core/serviceaccount/strategy.go
  it('an annotation of a ServiceAccount that means nothing any more', () => {
    const text =
      '{apiVersion: v1, kind: ServiceAccount, metadata: {name: a, annotations: {kubernetes.io/enforce-mountable-secrets: "true"}}}';
    expect(create([text]).warnings).toEqual([
      'metadata.annotations[kubernetes.io/enforce-mountable-secrets]: deprecated in v1.32+; prefer separate namespaces to isolate access to mounted secrets',
    ]);
  });

  // pkg/api/persistentvolume/util.go
  it('sources of a PersistentVolume that went away', () => {
    const text = `{apiVersion: v1, kind: PersistentVolume, metadata: {name: a}, spec: {capacity: {storage: 1Gi}, accessModes: [ReadWriteOnce], rbd: {monitors: [a], image: i}}}`;
    expect(create([text]).warnings).toEqual(['spec.rbd: deprecated in v1.28, non-functional in v1.31+']);
  });
});

// pkg/registry/core/service/{ipallocator,portallocator}: a dry run takes nothing
it('a dry run shows numbers that nobody looked for', () => {
  const body = yaml(
    '{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {type: NodePort, ports: [{port: 80, name: a}, {port: 81, name: b}]}}',
  );
  const answer = server().ask({ verb: 'create', version: 'v1', resource: 'services', body, dryRun: true });
  expect(answer.body.spec).toMatchObject({ clusterIP: '10.96.0.0', ports: [{ nodePort: 32769 }, { nodePort: 32770 }] });
});

// pkg/apis/autoscaling/validation/validation.go
describe('metrics of an autoscaler', () => {
  const autoscaler = (metric: string, maxReplicas = 2) =>
    verdict(`
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: a}
spec: {maxReplicas: ${maxReplicas}, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: d}, metrics: [${metric}]}`);

  it.each([
    [
      '{type: Pods, pods: {metric: {}, target: {type: Value, value: "0"}}}',
      [
        'spec.metrics[0].pods.metric.name: Required value: must specify a metric name',
        'spec.metrics[0].pods.target.value: Invalid value: "0": must be positive',
        'spec.metrics[0].pods.target.averageValue: Required value: must specify a positive target averageValue',
      ],
    ],
    [
      '{type: External, external: {metric: {name: m}, target: {type: Value, value: 1, averageValue: 1}}}',
      [
        'spec.metrics[0].external.target.value: Forbidden: may not set both a target value for metric and a per-pod target',
      ],
    ],
    [
      '{type: Object, object: {describedObject: {kind: Service, name: a/b}, metric: {name: m}, target: {type: Value}}}',
      [
        'spec.metrics[0].object.describedObject.name: Invalid value: "a/b": may not contain \'/\'',
        'spec.metrics[0].object.target.averageValue: Required value: must set either a target value or averageValue',
      ],
    ],
    [
      '{type: ContainerResource, containerResource: {name: gpu, target: {type: Utilization, averageUtilization: 1}}}',
      [
        'spec.metrics[0].containerResource.name: Invalid value: "gpu": must be a standard resource type or fully qualified',
        'spec.metrics[0].containerResource.name: Invalid value: "gpu": must be a standard resource for containers',
        'spec.metrics[0].containerResource.container: Required value: must specify a container',
      ],
    ],
    [
      '{type: Pods, resource: {name: cpu, target: {type: Utilization, averageUtilization: 1}}}',
      ['spec.metrics[0].pods: Required value: must populate information for the given metric source'],
    ],
  ])('%s', (metric, errors) => {
    expect(autoscaler(metric)).toEqual(errors);
  });

  it('asks for at least one replica', () => {
    const metric = '{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 1}}}';
    expect(autoscaler(metric, 0)).toEqual([
      'spec.maxReplicas: Required value: must be set and greater than 0',
      'spec.maxReplicas: Invalid value: 0: must be greater than or equal to `minReplicas`',
    ]);
    expect(autoscaler(metric, -1)[0]).toBe('spec.maxReplicas: Invalid value: -1: must be greater than or equal to 1');
  });
});

// pkg/apis/discovery/validation/validation.go `validateHints`
it('hints of an EndpointSlice', () => {
  const hints = '{forZones: [{name: ""}, {name: a/b}], forNodes: [{name: x}, {name: x}]}';
  const text = `{apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {name: a}, addressType: IPv4, endpoints: [{addresses: [10.0.0.1], hints: ${hints}}], ports: []}`;
  expect(verdict(text)).toEqual([
    "endpoints[0].hints.forZones[1].name: Invalid value: \"a/b\": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')",
    'endpoints[0].hints.forNodes[1].name: Duplicate value: "x"',
  ]);
});

// pkg/apis/batch/validation/validation.go `validateJobSpec`
it('an indexed Job of very many', () => {
  const text = `
apiVersion: batch/v1
kind: Job
metadata: {name: a}
spec: {completionMode: Indexed, completions: 100001, parallelism: 10001, backoffLimitPerIndex: 1, template: {spec: {restartPolicy: Never, containers: [{name: c, image: i}]}}}`;
  expect(verdict(text)).toEqual([
    'spec.maxFailedIndexes: Required value: must be specified when completions is above 100000',
    'spec.parallelism: Invalid value: 10001: must be less than or equal to 10000 when completions are above 100000 and used with backoff limit per index',
  ]);
});

// Go: src/encoding/json/scanner.go
it.each([
  ['', 'unexpected end of JSON input'],
  ['80a', "invalid character 'a' after top-level value"],
  ['false?', "invalid character '?' after top-level value"],
  ['fun', "invalid character 'u' in literal false (expecting 'a')"],
  ['{"a" 1}', "invalid character '1' after object key"],
  ['{"a":1 "b"}', "invalid character '\"' after object key:value pair"],
  ['[1 2]', "invalid character '2' after array element"],
  ['-x', "invalid character 'x' in numeric literal"],
  ['1.x', "invalid character 'x' after decimal point in numeric literal"],
  ['"\\q"', "invalid character 'q' in string escape code"],
  ['[]', 'json: cannot unmarshal array into Go value of type map[string]interface {}'],
])('what Go says to the JSON %j', (text, why) => {
  expect(jsonError(text)).toBe(why);
});

// staging/src/k8s.io/apimachinery/pkg/api/resource: exponents have no end, 64 bits do
it('very large amounts', () => {
  expect(canonicalQuantity('1e21')).toBe('1e21');
  expect(canonicalQuantity('1e40')).toBe('10e39');
  expect(wholeValue('123456789012345678901')).toBeLessThan(0);
});

// cel-go: common/error.go `ToDisplayString`
it('an expression is marked below the wide characters in it', () => {
  const error = (source: string, offset: number) => new CelError(source, [{ offset, text: 'no' }]).message;
  expect(error('über', 0)).toBe('ERROR: <input>:1:1: no\n | über\n | ＾');
  expect(error('über', 1)).toBe('ERROR: <input>:1:2: no\n | über\n | ．^');
  expect(error('', 0)).toBe('ERROR: <input>:1:0: no');
});

// antlr4: DefaultErrorStrategy `singleTokenDeletion`
it('one token too many in an expression is called so', () => {
  expect(() => compile('/x', new Map())).toThrow(/^ERROR: <input>:1:1: Syntax error: extraneous input '\/' expecting/);
  expect(() => compile('/', new Map())).toThrow(/^ERROR: <input>:1:1: Syntax error: mismatched input '\/' expecting/);
  expect(() => compile('a..b', new Map())).toThrow(
    /^ERROR: <input>:1:3: Syntax error: no viable alternative at input '\.\.'/,
  );
});

// pkg/apis/core/validation/validation.go `ValidateTolerationsInPodAnnotations`
it.each([
  ['a:b', `scheduler.alpha.kubernetes.io/tolerations": invalid character 'a' looking for beginning of value`],
  [
    '1',
    'scheduler.alpha.kubernetes.io/tolerations": json: cannot unmarshal number into Go value of type []core.Toleration',
  ],
])('tolerations in an annotation: %s', (value, why) => {
  const annotations = { 'scheduler.alpha.kubernetes.io/tolerations': value };
  const text = `{apiVersion: v1, kind: Pod, metadata: {name: a, annotations: ${JSON.stringify(annotations)}}, spec: {containers: [{name: c, image: i}]}}`;
  expect(verdict(text)).toEqual([`metadata.annotations: Invalid value: "${why}`]);
});

it('one toleration in an annotation is judged as those of the field are', () => {
  const annotations = { 'scheduler.alpha.kubernetes.io/tolerations': '[{"key":"a","operator":"Exists","value":"b"}]' };
  const text = `{apiVersion: v1, kind: Pod, metadata: {name: a, annotations: ${JSON.stringify(annotations)}}, spec: {containers: [{name: c, image: i}]}}`;
  expect(verdict(text)).toEqual([
    'metadata.annotations.scheduler.alpha.kubernetes.io/tolerations[0].operator: Invalid value: "b": value must be empty when `operator` is \'Exists\'',
  ]);
});

// staging/src/k8s.io/apimachinery/pkg/api/resource/quantity.go `MilliValue`
it('what has more digits than 64 bits hold wraps before it is called whole', () => {
  const text = (amount: string) =>
    `{apiVersion: v1, kind: ResourceQuota, metadata: {name: a}, spec: {hard: {pods: "${amount}"}}}`;
  expect(verdict(text('123456789012345678901'))).toEqual([
    'spec.hard[pods]: Invalid value: "123456789012345678901": must be an integer',
  ]);
  expect(verdict(text('1e20'))).toEqual([]);
});

// pkg/registry/generic/registry/store.go `createWithGenerateNameRetry`
it('a Job whose name is drawn does not show the labels of its Pods', () => {
  const job = (metadata: string) =>
    `{apiVersion: batch/v1, kind: Job, metadata: ${metadata}, spec: {template: {metadata: {labels: {a: b}}, spec: {restartPolicy: Never, containers: [{name: c, image: i}]}}}}`;
  const labels = (metadata: string) => Object.keys(objectOf(create([job(metadata)])).metadata.labels ?? {});
  expect(labels('{generateName: a-}')).toEqual(['a']);
  expect(labels('{name: a}')).toContain('job-name');
});

// pkg/apis/batch/validation/validation.go `validateTimeZone`
it.each([
  ['../up', ['unknown time zone ../up']],
  ['a..b', ['time: invalid location name']],
  [
    'LOCAL',
    ['timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones', 'unknown time zone LOCAL'],
  ],
  ['Europe/Berlin', []],
])('the time zone %s', (zone, errors) => {
  const text = `{apiVersion: batch/v1, kind: CronJob, metadata: {name: a}, spec: {schedule: "* * * * *", timeZone: "${zone}", jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: c, image: i}]}}}}}}`;
  expect(verdict(text)).toEqual(errors.map((error) => `spec.timeZone: Invalid value: "${zone}": ${error}`));
});
