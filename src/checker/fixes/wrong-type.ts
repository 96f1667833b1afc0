import type { FieldPath } from '@/manifest/manifest';
import { type Proposal, valueAt } from '../change';

/**
 * A number in quotes where a number is wanted, or a bare number or word where a text is wanted. `error` is the server's
 * own: `json: cannot unmarshal string into Go struct field … of type int32`.
 */
export function retype(value: unknown, path: FieldPath, error: string): Proposal | undefined {
  const wanted = /of type (\S+)$/.exec(error)?.[1] ?? '';
  const here = valueAt(value, path);
  const set = (to: number | boolean): Proposal => ({
    title: 'Take the quotes off',
    safe: true,
    changes: [{ kind: 'set', path, value: to }],
  });
  if (/^u?int\d*$/.test(wanted) && typeof here === 'string' && /^(?:0|-?[1-9]\d{0,14})$/.test(here)) {
    return set(Number(here));
  }
  if (wanted === 'bool' && (here === 'true' || here === 'false')) return set(here === 'true');
  if (wanted === 'string' && (typeof here === 'number' || typeof here === 'boolean')) {
    return { title: 'Put it in quotes', safe: true, changes: [{ kind: 'quote', path }] };
  }
  return undefined;
}
