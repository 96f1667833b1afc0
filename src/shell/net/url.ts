/** The parts of a URL that a client needs. */
export interface HttpUrl {
  readonly scheme: string;
  /** Without brackets. */
  readonly host: string;
  readonly port: number;
  readonly path: string;
  /** `user:password`, where they stand before the host. */
  readonly user?: string;
  /** As it stands in the `Host` header. */
  readonly authority: string;
}

/** Reads `10.0.0.1:80/x`, `http://[::1]:8080`, `web`; undefined when there is no host in it. */
export function parseUrl(text: string): HttpUrl | undefined {
  const found =
    /^(?:([A-Za-z][A-Za-z0-9+.-]*):\/\/)?(?:([^@/]*)@)?(\[[0-9A-Fa-f:.%]+\]|[^:/?#[\]]*)(?::(\d*))?([/?#].*)?$/s.exec(
      text,
    );
  if (!found) return undefined;
  const scheme = (found[1] ?? 'http').toLowerCase();
  const bracketed = found[3] ?? '';
  const standard = scheme === 'https' ? 443 : 80;
  const port = found[4] ? Number(found[4]) : standard;
  const rest = (found[5] ?? '/').replace(/#.*$/s, '');
  const path = rest.startsWith('/') ? rest : `/${rest}`;
  const authority = port === standard ? bracketed : `${bracketed}:${port}`;
  if (port > 65_535) return undefined;
  return {
    scheme,
    host: bracketed.replace(/^\[|\]$/g, ''),
    port,
    path,
    authority,
    ...(found[2] === undefined ? {} : { user: found[2] }),
  };
}
