import { parseLabelSelector } from '@/kubernetes/apiserver/label-selector';
import { KubectlError } from '../errors';
import type { Invocation } from '../invocation';
import { fetchedEntries, fileEntries } from './builder';
import type { Entry } from './info';
import { gvrText } from './mapping';

/**
 * The objects of the files, for a command whose words would be resources: nothing else may be named. A selector chooses by the labels in
 * the files (describe), by those of the objects, or of the tables that the server makes of them, which have none.
 * Upstream: builder.go `visitByPaths`.
 */
export function selectedEntries(invocation: Invocation, labelsIn: 'files' | 'objects' | 'tables'): Entry[] {
  const { args, flags } = invocation;
  const lazy = flags.string('kustomize') !== '' && flags.list('filename').length === 0;
  if (lazy) refuseWords(args);
  // Nothing fills a namespace in where all are meant. Upstream: visitor.go `RetrieveLatest`.
  const everywhere = flags.bool('all-namespaces') && labelsIn !== 'files';
  const entries = fileEntries(invocation, { bare: everywhere });
  if (!lazy) refuseWords(args);
  const text = flags.string('selector');
  const selector = parseLabelSelector(text);
  if ('problem' in selector) {
    throw new KubectlError(`the provided selector ${JSON.stringify(text)} is not valid: ${selector.problem}`);
  }
  const chosen = (entry: Entry) => {
    const labels = 'error' in entry || labelsIn === 'tables' ? {} : (entry.info.object.metadata.labels ?? {});
    return 'error' in entry || selector.matches(labels);
  };
  if (labelsIn === 'files') return fetchedEntries(invocation, {}, entries.filter(chosen));
  const placed = entries.map((entry) => {
    if ('error' in entry || !everywhere) return entry;
    const { mapping, name, namespace } = entry.info;
    if (!mapping.namespaced || namespace) return entry;
    return { error: new KubectlError(`no namespace set on resource ${gvrText(mapping)} ${JSON.stringify(name)}`) };
  });
  return fetchedEntries(invocation, {}, placed).filter(chosen);
}

function refuseWords([first]: readonly string[]): void {
  if (first === undefined) return;
  throw new KubectlError(
    first.includes('/')
      ? 'resource/name arguments cannot be provided when a path is specified'
      : 'when paths, URLs, or stdin is provided as input, you may not specify resource arguments as well',
  );
}
