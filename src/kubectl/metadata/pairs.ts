import { KubectlError } from '../errors';
import { labelValueProblem } from './names';

/** What `key=value` and `key-` ask for. */
export interface Change {
  readonly set: ReadonlyMap<string, string>;
  readonly remove: readonly string[];
}

function isPair(word: string): boolean {
  return (word.includes('=') && !word.startsWith('=')) || (word.endsWith('-') && word !== '-');
}

/**
 * The words that name objects, and those that change them. Upstream: kubectl/pkg/cmd/util/helpers.go
 * `GetResourcesAndPairs`. Throws for an object named after a change.
 */
export function resourcesAndPairs(args: readonly string[], type: string): { words: string[]; pairs: string[] } {
  const words: string[] = [];
  const pairs: string[] = [];
  for (const word of args) {
    if (isPair(word)) pairs.push(word);
    else if (pairs.length === 0) words.push(word);
    else throw new KubectlError(`all resources must be specified before ${type} changes: ${word}`);
  }
  return { words, pairs };
}

/** Upstream: kubectl/pkg/cmd/label/label.go `parseLabels`. Keys are left to the server. */
export function readLabels(pairs: readonly string[]): Change {
  const set = new Map<string, string>();
  const remove: string[] = [];
  for (const pair of pairs) {
    if (!pair.includes('=')) {
      if (!pair.endsWith('-')) throw new KubectlError(`unknown label spec: ${pair}`);
      remove.push(pair.slice(0, -1));
      continue;
    }
    const [key = '', value = '', more] = pair.split('=');
    if (more !== undefined) throw new KubectlError(`invalid label spec: ${pair}`);
    const problem = labelValueProblem(value);
    if (problem !== undefined) throw new KubectlError(`invalid label value: "${pair}": ${problem}`);
    set.set(key, value);
  }
  if (remove.some((key) => set.has(key))) {
    throw new KubectlError('can not both modify and remove a label in the same command');
  }
  return { set, remove };
}

/** Upstream: kubectl/pkg/cmd/util/helpers.go `ParsePairs`. */
export function readPairs(pairs: readonly string[], type: string): Change {
  const isSetting = (pair: string) => pair.includes('=') && !pair.startsWith('=');
  const isRemoval = (pair: string) => !isSetting(pair) && pair.endsWith('-') && pair !== '-';
  const bad = pairs.filter((pair) => !isSetting(pair) && !isRemoval(pair));
  if (bad.length > 0) throw new KubectlError(`invalid ${type} format: ${bad.join(', ')}`);
  return {
    set: new Map(
      pairs.filter(isSetting).map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
    ),
    remove: pairs.filter(isRemoval).map((pair) => pair.slice(0, -1)),
  };
}
