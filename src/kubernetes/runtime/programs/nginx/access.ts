import { contains } from '../../../network/address';
import type { Visit } from './pages';

/** `allow` and `deny`: the first that fits decides. Upstream: src/http/modules/ngx_http_access_module.c */
export function refusedByAddress({ scopes, request }: Visit): boolean {
  const isRule = ({ name }: { readonly name: string }) => name === 'allow' || name === 'deny';
  const rules = scopes.find(({ block }) => block.some(isRule))?.block.filter(isRule) ?? [];
  const { address } = request.source;
  const rule = rules.find(({ args: [range = ''] }) => range === 'all' || range === address || contains(range, address));
  return rule?.name === 'deny';
}
