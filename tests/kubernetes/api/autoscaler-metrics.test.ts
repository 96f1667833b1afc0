import { describe, expect, it } from 'vitest';
import { jsonError } from '@/kubernetes/api/core/json-error';
import { canonicalQuantity, wholeValue } from '@/kubernetes/api/quantity';
import { compile } from '@/kubernetes/cel/program';
import { CelError } from '@/kubernetes/cel/source';
import { objectOf } from '../apiserver/server';
import { create, verdict } from './verdict';

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
