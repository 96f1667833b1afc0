import { isObject, type KubeObject } from '@/kubernetes/api/object';
import { KubectlError } from '../errors';
import { nodesOf, relaxedText, valuesAt } from '../output/custom-columns';
import { goValueText } from '../output/go-syntax';

/** Says whether an object (undefined: it is not there) has come to what is waited for. */
export type Test = (object: KubeObject | undefined) => boolean;

/** What `--for` says. Upstream: kubectl/pkg/cmd/wait/wait.go `conditionFuncsFor`. Throws for what is no condition. */
export function testsOf(wanted: readonly string[]): Test[] {
  if (wanted.length === 0) throw new KubectlError('unrecognized condition: []');
  return wanted.map(testOf);
}

function testOf(wanted: string): Test {
  const lower = wanted.toLowerCase();
  if (lower === 'delete') return (object) => object === undefined;
  if (lower === 'create') return (object) => object !== undefined;
  if (wanted.startsWith('condition=')) return conditionTest(wanted.slice('condition='.length));
  if (wanted.startsWith('jsonpath=')) return jsonPathTest(wanted.slice('jsonpath='.length));
  throw new KubectlError(`unrecognized condition: ${JSON.stringify(wanted)}`);
}

/** `Ready`, `Ready=false`. Upstream: wait/condition.go. */
function conditionTest(text: string): Test {
  const equals = text.indexOf('=');
  const name = (equals < 0 ? text : text.slice(0, equals)).toLowerCase();
  const value = equals < 0 ? 'true' : text.slice(equals + 1).toLowerCase();
  return (object) => {
    if (!object || !isObject(object.status)) return false;
    const conditions: unknown[] = Array.isArray(object.status.conditions) ? object.status.conditions : [];
    const condition = conditions.find((one) => isObject(one) && String(one.type).toLowerCase() === name);
    if (!isObject(condition)) return false;
    const { generation } = object.metadata;
    const observed = condition.observedGeneration ?? object.status.observedGeneration;
    if (generation !== undefined && typeof observed === 'number' && observed < generation) return false;
    return String(condition.status).toLowerCase() === value;
  };
}

/** `{.status.phase}=Running`, `{.spec.nodeName}`. Upstream: wait.go `processJSONPathInput`, wait/json.go. */
function jsonPathTest(text: string): Test {
  const parts = text.split(/(?<!=)=(?!=)/);
  const [path = '', given] = parts;
  if (parts.length > 2) {
    throw new KubectlError(
      "jsonpath wait format must be --for=jsonpath='{.status.readyReplicas}'=3 or --for=jsonpath='{.status.readyReplicas}'",
    );
  }
  const relaxed = relaxedText(path);
  const value = given?.replace(/^['"]+|['"]+$/g, '');
  if (value === '') {
    throw new KubectlError(
      "jsonpath wait has to have a value after equal sign, like --for=jsonpath='{.status.readyReplicas}'=3",
    );
  }
  if (relaxed === '') throw new KubectlError('jsonpath expression cannot be empty');
  const nodes = nodesOf(relaxed);
  return (object) => {
    const [first, ...others] = object ? valuesAt(nodes, object) : [];
    if (first === undefined) return false;
    if (others.length > 0) throw new KubectlError('given jsonpath expression matches more than one value');
    if (value === undefined) return true;
    if (typeof first === 'object' && first !== null) {
      throw new KubectlError('jsonpath leads to a nested object or list which is not supported');
    }
    return goValueText(first).trim() === value.trim();
  };
}
