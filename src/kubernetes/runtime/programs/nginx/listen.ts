import { ConfigurationError } from './syntax';

/** What a `listen` directive asks for. */
export interface ListenAddress {
  readonly address: string;
  readonly port: number;
  readonly isDefault: boolean;
  readonly v6only: boolean;
  readonly reusePort: boolean;
  readonly backlog: number;
  readonly place: string;
}

const flags = /^(default_server|default|ssl|http2|quic|spdy|proxy_protocol|reuseport|bind|deferred|multipath)$/;
const valued = /^(backlog|rcvbuf|sndbuf|setfib|fastopen|so_keepalive|ipv6only|accept_filter)=/;

/** `80`, `1.2.3.4`, `*:80`, `[::]:80`, `localhost:80` and what follows. Upstream: src/core/ngx_inet.c `ngx_parse_url`. */
export function listenAddress([value = '', ...parameters]: readonly string[], place: string): ListenAddress {
  const fail = (problem: string): never => {
    throw new ConfigurationError(`${problem} in ${place}`);
  };
  const [, bracketed, name, rest] = /^(?:\[([^\]]*)\]|([^:]*))(?::(.*))?$/.exec(value) ?? [];
  const bare = rest === undefined && bracketed === undefined && /^\d+$/.test(name ?? '');
  const portText = bare ? (name ?? '') : (rest ?? '80');
  const port = Number(portText);
  if (!/^\d+$/.test(portText) || port < 1 || port > 65_535)
    fail(`invalid port in "${value}" of the "listen" directive`);
  const host = bare || name === '*' ? '0.0.0.0' : name === 'localhost' ? '127.0.0.1' : (bracketed ?? name ?? '');
  if (bracketed === undefined && !/^\d+\.\d+\.\d+\.\d+$/.test(host))
    fail(`host not found in "${value}" of the "listen" directive`);
  for (const one of parameters) if (!flags.test(one) && !valued.test(one)) fail(`invalid parameter "${one}"`);
  const backlog = parameters.find((one) => one.startsWith('backlog='));
  return {
    address: host,
    port,
    isDefault: parameters.some((one) => one.startsWith('default')),
    v6only: bracketed !== undefined && !parameters.includes('ipv6only=off'),
    reusePort: parameters.includes('reuseport'),
    // NGX_LISTEN_BACKLOG of Linux
    backlog: backlog === undefined ? 511 : Number(backlog.slice(8)),
    place,
  };
}
