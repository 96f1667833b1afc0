import { parseCidr } from '../../../network/address';
import type { Directive } from './configuration';
import { expressionProblem } from './expression';

/** What is wrong with the arguments of a directive, in nginx's words and without the place. */
export function checkDirective(
  name: string,
  args: readonly string[],
  parent: Directive | undefined,
): string | undefined {
  const [first = ''] = args;
  switch (name) {
    case 'location':
      return locationProblem(args, parent);
    case 'rewrite':
      return (
        expressionProblem(first) ??
        (args[2] !== undefined && !/^(last|break|redirect|permanent)$/.test(args[2])
          ? `invalid parameter "${args[2]}"`
          : undefined)
      );
    case 'set':
      return first.startsWith('$') ? undefined : `invalid variable name "${first}"`;
    case 'if':
      return conditionProblem(args);
    case 'allow':
    case 'deny':
      return first === 'all' || first === 'unix:' || first.includes(':') || parseCidr(first)
        ? undefined
        : `invalid parameter "${first}"`;
    case 'proxy_pass':
      return passProblem(first, parent);
    case 'proxy_http_version':
      return /^1\.[01]$/.test(first) ? undefined : `invalid value "${first}"`;
    case 'proxy_connect_timeout':
    case 'proxy_read_timeout':
    case 'proxy_send_timeout':
      return /^(\d+(ms|[smhdwMy])?)+$/.test(first) ? undefined : `"${name}" directive invalid value`;
    default:
      return undefined;
  }
}

function locationProblem(args: readonly string[], parent: Directive | undefined): string | undefined {
  const path = args.at(-1) ?? '';
  if (/^~/.test(args[0] ?? '') && args.length === 2) return expressionProblem(path);
  if (parent?.name !== 'location') return undefined;
  const around = parent.args.at(-1) ?? '';
  if (parent.args[0] === '=') return `location "${path}" cannot be inside the exact location "${around}"`;
  if (around.startsWith('@')) return `location "${path}" cannot be inside the named location "${around}"`;
  if (path.startsWith('@')) return `named location "${path}" can be on the server level only`;
  const isRegular = /^~/.test(parent.args[0] ?? '');
  return isRegular || path.startsWith(around) ? undefined : `location "${path}" is outside location "${around}"`;
}

// src/http/modules/ngx_http_rewrite_module.c `ngx_http_rewrite_if_condition`
function conditionProblem(args: readonly string[]): string | undefined {
  const [first = ''] = args;
  const last = args.at(-1) ?? '';
  if (!first.startsWith('(') || !last.endsWith(')')) return `invalid condition "${first.replace(/^\(/, '')}"`;
  const [left = '', sign, ...rest] = args
    .join('\u0000')
    .slice(1, -1)
    .split('\u0000')
    .filter((one) => one !== '');
  if (/^!?-[fdex]$/.test(left)) return undefined;
  if (!left.startsWith('$') || left.length < 2) return `invalid condition "${left}"`;
  if (sign === undefined) return undefined;
  if (rest.length !== 1) return `invalid condition "${left}"`;
  if (/^!?~\*?$/.test(sign)) return expressionProblem(rest[0] ?? '');
  return sign === '=' || sign === '!=' ? undefined : `unexpected "${sign}" in condition`;
}

// src/http/modules/ngx_http_proxy_module.c `ngx_http_proxy_pass`
function passProblem(url: string, parent: Directive | undefined): string | undefined {
  if (url.includes('$')) return undefined;
  const [, authority, path] = /^https?:\/\/([^/]*)(\/.*)?$/i.exec(url) ?? [];
  if (authority === undefined) return 'invalid URL prefix';
  const port = /:([^\]]*)$/.exec(authority)?.[1];
  if (port !== undefined && (!/^\d+$/.test(port) || Number(port) < 1 || Number(port) > 65_535))
    return `invalid port in upstream "${authority}${path ?? ''}"`;
  const bare = parent?.name === 'if' || /^[~@]/.test(parent?.args[0] ?? '');
  return path !== undefined && bare
    ? '"proxy_pass" cannot have URI part in location given by regular expression, or inside named location, or inside "if" statement, or inside "limit_except" block'
    : undefined;
}
