/** Where a command runs: `client`, `internet`, a node's name, or `pod/NAME[/CONTAINER]`. */
export type Place =
  | { readonly kind: 'machine'; readonly name: string }
  | { readonly kind: 'node'; readonly name: string }
  | { readonly kind: 'container'; readonly namespace: string; readonly pod: string; readonly container?: string };

/** `client` → machine, `pod/web/app` → container; any other name is a node. */
export function parsePlace(text: string, machines: readonly string[]): Place {
  if (text.startsWith('pod/')) {
    const [, pod = '', container] = text.split('/');
    return { kind: 'container', namespace: 'default', pod, container };
  }
  return machines.includes(text) ? { kind: 'machine', name: text } : { kind: 'node', name: text };
}

export function placeText(place: Place): string {
  if (place.kind !== 'container') return place.name;
  return ['pod', place.pod, ...(place.container ? [place.container] : [])].join('/');
}
