import { checkDirective } from './check';
import { directiveRule, isUnsimulated } from './directives';
import { type ListenAddress, listenAddress } from './listen';
import { ConfigurationError, statements, type Statement } from './syntax';

/** A directive as it was written, with those in its block. */
export interface Directive {
  readonly name: string;
  readonly args: readonly string[];
  readonly block: Directive[];
  /** `/etc/nginx/nginx.conf:3` */
  readonly place: string;
}

/** A `server` block. */
export interface VirtualServer {
  readonly block: Directive;
  readonly listens: readonly ListenAddress[];
  readonly names: readonly string[];
}

/** A configuration that nginx starts with. */
export interface Configuration {
  readonly main: readonly Directive[];
  readonly http: Directive | undefined;
  readonly servers: readonly VirtualServer[];
  /** What nginx says of it at level warn. */
  readonly warnings: readonly string[];
  /** Directives that nginx knows and that do nothing here. */
  readonly unsimulated: readonly string[];
}

/** The files a configuration is read from. */
export interface ConfigurationFiles {
  read(path: string): string | undefined;
  /** Names directly in a folder. */
  list(path: string): readonly string[] | undefined;
}

const contextOf: Readonly<Record<string, string>> = {
  ...{ http: 'h', events: 'e', server: 's', location: 'l', upstream: 'u', if: 'i' },
};

/**
 * Reads a configuration with all that it includes, or throws a ConfigurationError.
 * Upstream: src/core/ngx_conf_file.c `ngx_conf_parse`, `ngx_conf_handler`; src/http/ngx_http_core_module.c
 */
export function readConfiguration(path: string, files: ConfigurationFiles): Configuration {
  const unsimulated = new Set<string>();
  const main: Directive[] = [];
  readFile(path, 'm', main);
  if (!main.some(({ name }) => name === 'events')) throw new ConfigurationError('no "events" section in configuration');
  const http = main.find(({ name }) => name === 'http');
  const servers = (http?.block ?? []).filter(({ name }) => name === 'server').map(virtualServer);
  return { main, http, servers, warnings: checkServers(servers), unsimulated: [...unsimulated] };

  function readFile(file: string, context: string, into: Directive[], from?: string): void {
    const text = files.read(file);
    if (text === undefined)
      throw new ConfigurationError(
        `open() "${file}" failed (2: No such file or directory)${from === undefined ? '' : ` in ${from}`}`,
      );
    const where = (line: number) => `${file}:${line}`;
    readBlock(statements(text, where), context, into, where, false);
  }

  function readBlock(
    source: Iterator<Statement>,
    context: string,
    into: Directive[],
    where: (line: number) => string,
    inBlock: boolean,
    parent?: Directive,
  ): void {
    for (let next = source.next(); !next.done; next = source.next()) {
      const { words, end, line } = next.value;
      const place = where(line);
      if (end === '}' && inBlock) return;
      if (end === '}') throw new ConfigurationError(`unexpected "}" in ${place}`);
      if (end === '' && inBlock) throw new ConfigurationError(`unexpected end of file, expecting "}" in ${place}`);
      const [name = '', ...args] = words;
      if (end === '') return;
      const made: Directive = { name, args, block: [], place };
      if (context !== 't') check(made, context, end, into, parent);
      if (name === 'include' && context !== 'x')
        for (const file of included(made)) readFile(file, context, into, place);
      else into.push(made);
      if (end === '{')
        readBlock(source, name === 'types' ? 't' : (contextOf[name] ?? 'x'), made.block, where, true, made);
    }
  }

  function check(
    { name, args, place }: Directive,
    context: string,
    end: string,
    siblings: readonly Directive[],
    parent: Directive | undefined,
  ): void {
    if (context === 'x') return;
    // A server of a group is no block.
    if (context === 'u' && name === 'server' && args.length > 0 && end === ';') return;
    const rule = directiveRule(name);
    const fail = (problem: string): never => {
      throw new ConfigurationError(`${problem} in ${place}`);
    };
    if (!rule) {
      if (!isUnsimulated(name)) fail(`unknown directive "${name}"`);
      unsimulated.add(name);
      return;
    }
    if (!rule.contexts.includes(context)) fail(`"${name}" directive is not allowed here`);
    if (end === '{' && !rule.block) fail(`directive "${name}" is not terminated by ";"`);
    if (end === ';' && rule.block) fail(`directive "${name}" has no opening "{"`);
    if (args.length < rule.least || args.length > rule.most) fail(`invalid number of arguments in "${name}" directive`);
    if (rule.once && siblings.some((other) => other.name === name)) fail(`"${name}" directive is duplicate`);
    if (name === 'location' && siblings.some((one) => one.name === name && String(one.args) === String(args)))
      fail(`duplicate location "${args.at(-1) ?? ''}"`);
    const wrong = checkDirective(name, args, parent);
    if (wrong !== undefined) fail(wrong);
    if (name === 'location' && args.length === 2 && !/^(=|\^~|~\*?)$/.test(args[0] ?? ''))
      fail(`invalid location modifier "${args[0] ?? ''}"`);
    if (name === 'return' && args.length === 2 && !/^\d{1,3}$/.test(args[0] ?? ''))
      fail(`invalid return code "${args[0] ?? ''}"`);
    if (name === 'return' && args.length === 1 && !/^(\d{1,3}$|https?:\/\/|\$scheme)/.test(args[0] ?? ''))
      fail(`invalid return code "${args[0] ?? ''}"`);
  }

  function included({ args }: Directive): string[] {
    const [pattern = ''] = args;
    const full = pattern.startsWith('/') ? pattern : `${path.slice(0, path.lastIndexOf('/'))}/${pattern}`;
    const folder = full.slice(0, full.lastIndexOf('/'));
    const [before, after] = full.slice(folder.length + 1).split('*');
    if (after === undefined) return [full];
    return (files.list(folder) ?? [])
      .filter((one) => !one.startsWith('.') && one.startsWith(before ?? '') && one.endsWith(after))
      .map((one) => `${folder}/${one}`)
      .filter((one) => files.read(one) !== undefined);
  }
}

function virtualServer(block: Directive): VirtualServer {
  const listens: ListenAddress[] = [];
  for (const { name, args, place } of block.block) {
    if (name !== 'listen') continue;
    const made = listenAddress(args, place);
    const { address, port } = made;
    if (listens.some((one) => one.address === address && one.port === port))
      throw new ConfigurationError(`a duplicate listen ${endpoint(made)} in ${place}`);
    listens.push(made);
  }
  const names = block.block.filter(({ name }) => name === 'server_name').flatMap(({ args }) => args);
  return { block, listens: listens.length > 0 ? listens : [listenAddress(['80'], block.place)], names };
}

/** `0.0.0.0:80`, `[::]:80` */
export function endpoint({ address, port }: Pick<ListenAddress, 'address' | 'port'>): string {
  return `${address.includes(':') ? `[${address}]` : address}:${port}`;
}

/** Two servers under one address need two names. Upstream: src/http/ngx_http.c `ngx_http_add_addresses`. */
function checkServers(servers: readonly VirtualServer[]): string[] {
  const defaults = new Set<string>();
  const seen = new Set<string>();
  const warnings: string[] = [];
  for (const { listens, names } of servers) {
    for (const listen of listens) {
      const place = endpoint(listen);
      if (listen.isDefault && defaults.has(place))
        throw new ConfigurationError(`a duplicate default server for ${place} in ${listen.place}`);
      if (listen.isDefault) defaults.add(place);
      for (const name of names.length > 0 ? names : ['']) {
        const key = `"${name.toLowerCase()}" on ${place}`;
        if (seen.has(key)) warnings.push(`conflicting server name ${key}, ignored`);
        seen.add(key);
      }
    }
  }
  return warnings;
}
