import type { AppResponse } from '@/kubernetes/network/kernel';
import type { Connection } from '../net/connect';

/** What is known of a transfer when it is over. */
export interface TransferFacts {
  readonly text: string;
  /** Where redirects led to. */
  readonly url: string;
  readonly index: number;
  readonly port: number;
  readonly redirects: number;
  /** Where the last answer leads to. */
  readonly redirect: string | undefined;
  readonly failed: { readonly code: number; readonly text: string } | undefined;
  readonly method: string;
  readonly connection: Connection | undefined;
  readonly response: NonNullable<AppResponse['http']> | undefined;
  /** Milliseconds. */
  readonly elapsed: number;
}

/** `-w '%{http_code}\\n'`; what it does not know goes to `complain`. Upstream: src/tool_writeout.c. */
export function writeOut(format: string, facts: TransferFacts, complain: (text: string) => void): string {
  const { text, url, index, port, redirects, redirect, failed, method, connection, response, elapsed } = facts;
  const answered = connection?.result === 'answered' ? connection : undefined;
  const seconds = (millis: number) => (millis / 1000).toFixed(6);
  const code = String(response?.status ?? 0).padStart(3, '0');
  const values: Readonly<Record<string, string>> = {
    http_code: code,
    response_code: code,
    http_version: response?.version ?? '0',
    remote_ip: answered?.address ?? '',
    remote_port: String(answered ? port : 0),
    local_ip: answered?.localAddress ?? '',
    local_port: String(answered?.localPort ?? 0),
    num_connects: answered ? String(redirects + 1) : '0',
    num_headers: String(response?.headers.length ?? 0),
    num_redirects: String(redirects),
    redirect_url: redirect ?? '',
    time_namelookup: seconds(0),
    time_connect: seconds(connection?.elapsed ?? 0),
    time_pretransfer: seconds(connection?.elapsed ?? 0),
    time_starttransfer: seconds(elapsed),
    time_total: seconds(elapsed),
    size_download: String(response?.body.length ?? 0),
    scheme: (/^[^:]*(?=:\/\/)/.exec(url)?.[0] ?? '').toUpperCase(),
    method,
    url: text,
    urlnum: String(index),
    url_effective: url,
    exitcode: String(failed?.code ?? 0),
    errormsg: failed?.text ?? '',
    content_type: response?.headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '',
  };
  return format.replace(/%%|%\{(\w+)\}|\\([ntr])/g, (all, name?: string, escape?: string) => {
    if (all === '%%') return '%';
    if (name === undefined) return { n: '\n', t: '\t', r: '\r' }[escape ?? 'n'] ?? '';
    if (!Object.hasOwn(values, name)) complain(`curl: unknown --write-out variable: '${name}'\n`);
    return values[name] ?? '';
  });
}
