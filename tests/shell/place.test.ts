import { expect, it } from 'vitest';
import { parsePlace, placeText } from '@/shell/place';

it.each([
  ['client', { kind: 'machine', name: 'client' }],
  ['node1', { kind: 'node', name: 'node1' }],
  ['pod/web', { kind: 'container', namespace: 'default', pod: 'web' }],
  ['pod/web/app', { kind: 'container', namespace: 'default', pod: 'web', container: 'app' }],
  ['monitoring/pod/web', { kind: 'container', namespace: 'monitoring', pod: 'web' }],
  ['monitoring/pod/web/app', { kind: 'container', namespace: 'monitoring', pod: 'web', container: 'app' }],
])('reads the place %s and writes it so again', (text, place) => {
  expect(parsePlace(text, ['client'])).toEqual(place);
  expect(placeText(parsePlace(text, ['client']))).toBe(text);
});
