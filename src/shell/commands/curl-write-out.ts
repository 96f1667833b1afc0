import type { AppResponse } from '@/kubernetes/network/kernel';
import type { Connection } from '../net/connect';
import { parseUrl } from '../net/url';

/** What is known of a transfer when it is over. */
export interface TransferFacts {
  readonly text: string;
  readonly method: string;
  readonly connection: Connection | undefined;
  readonly response: NonNullable<AppResponse['http']> | undefined;
  /** Milliseconds. */
  readonly elapsed: number;
}

/** `-w '%{http_code}\\n'`. Upstream: src/tool_writeout.c. */
export function writeOut(format: string, { text, method, connection, response, elapsed }: TransferFacts): string {
  const answered = connection?.result === 'answered' ? connection : undefined;
  const url = parseUrl(text);
  const seconds = (millis: number) => (millis / 1000).toFixed(6);
  const code = String(response?.status ?? 0).padStart(3, '0');
  const values: Readonly<Record<string, string>> = {
    http_code: code,
    response_code: code,
    http_version: response?.version ?? '0',
    remote_ip: answered?.address ?? '',
    remote_port: String(answered ? (url?.port ?? 0) : 0),
    local_ip: answered?.localAddress ?? '',
    num_connects: answered ? '1' : '0',
    num_redirects: '0',
    time_namelookup: seconds(0),
    time_connect: seconds(connection?.elapsed ?? 0),
    time_pretransfer: seconds(connection?.elapsed ?? 0),
    time_starttransfer: seconds(elapsed),
    time_total: seconds(elapsed),
    size_download: String(response?.body.length ?? 0),
    scheme: (url?.scheme ?? '').toUpperCase(),
    method,
    url: text,
    url_effective: text,
    content_type: response?.headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '',
  };
  return format
    .replace(/%\{(\w+)\}/g, (_all, name: string) => values[name] ?? '')
    .replace(/\\n/g, '\n')
    .replace(/\\t/g, '\t')
    .replace(/\\r/g, '\r');
}
