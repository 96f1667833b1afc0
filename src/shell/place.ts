/** Where a command runs: `client`, `internet`, a node's name, or `[NAMESPACE/]pod/NAME[/CONTAINER]`. */
export type Place =
  | { readonly kind: 'machine'; readonly name: string }
  | { readonly kind: 'node'; readonly name: string }
  | { readonly kind: 'container'; readonly namespace: string; readonly pod: string; readonly container?: string };

/** `client` → machine, `pod/web/app` → container of a Pod in `default`, `kube-system/pod/x` → one elsewhere; any other name is a node. */
export function parsePlace(text: string, machines: readonly string[]): Place {
  const [, namespace = 'default', pod, container] = /^(?:([^/]+)\/)?pod\/([^/]*)(?:\/(.*))?$/.exec(text) ?? [];
  if (pod !== undefined) return { kind: 'container', namespace, pod, container };
  return machines.includes(text) ? { kind: 'machine', name: text } : { kind: 'node', name: text };
}

/** A place as it is typed and shown. */
export function placeText(place: Place): string {
  if (place.kind !== 'container') return place.name;
  const { namespace, pod, container } = place;
  return [...(namespace === 'default' ? [] : [namespace]), 'pod', pod, ...(container ? [container] : [])].join('/');
}
