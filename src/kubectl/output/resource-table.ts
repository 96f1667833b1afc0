import type { Info } from '../resource/info';
import { kindName } from '../resource/mapping';
import { labelsText } from '../printers/selector-text';
import { tableOf } from '../printers';
import { printTable } from './table';

export interface TableOptions {
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly wide: boolean;
  readonly headers: boolean;
  /** `pod/web` instead of `web`. */
  readonly withKind: boolean;
  readonly withNamespace: boolean;
  /** `--server-print=false`: kubectl knows a name and an age. */
  readonly plain?: boolean;
  /** `--show-labels` */
  readonly labels: boolean;
  /** `--output-watch-events`: what happened to them. */
  readonly event?: string;
  /** `-L app` */
  readonly labelColumns: readonly string[];
}

/** Tables of objects, one per run of a kind, with an empty line between them. Upstream: kubectl/pkg/cmd/get/get.go. */
export function printTables(infos: readonly Info[], options: TableOptions): string {
  const groups: Info[][] = [];
  for (const info of infos) {
    const last = groups.at(-1);
    if (last?.[0]?.mapping === info.mapping) last.push(info);
    else groups.push([info]);
  }
  return groups.map((group) => printGroup(group, options)).join(options.headers ? '\n' : '');
}

function printGroup(infos: readonly Info[], options: TableOptions): string {
  return printTable(groupRows(infos, options));
}

function groupRows(infos: readonly Info[], options: TableOptions): string[][] {
  const mapping = infos[0]?.mapping;
  if (!mapping) return [];
  const { headers, rows } = tableOf(
    options.plain ? undefined : mapping.name,
    infos.map((info) => info.object),
    options.now,
    options.wide,
  );
  const namespaced = options.withNamespace && mapping.namespaced;
  const nameAt = headers.indexOf('NAME');
  const full = rows.map((cells, i) => {
    const object = infos[i]?.object;
    const prefix =
      options.withKind && object
        ? `${kindName(mapping.kind, `${mapping.group}/${mapping.version}`.replace(/^\//, ''))}/`
        : '';
    const named = cells.map((cell, j) => (j === nameAt ? prefix + cell : cell));
    return [
      // The event stands before all else, as wide as the longest of them.
      ...(options.event === undefined ? [] : [options.event.padEnd('MODIFIED'.length)]),
      ...(namespaced ? [object?.metadata.namespace ?? ''] : []),
      ...named,
      ...options.labelColumns.map((key) => object?.metadata.labels?.[key] ?? ''),
      ...(options.labels ? [labelsText(object?.metadata.labels) || '<none>'] : []),
    ];
  });
  const head = [
    ...(options.event === undefined ? [] : ['EVENT']),
    ...(namespaced ? ['NAMESPACE'] : []),
    ...headers,
    ...options.labelColumns.map((key) => (key.split('/').pop() ?? key).toUpperCase()),
    ...(options.labels ? ['LABELS'] : []),
  ];
  return options.headers ? [head, ...full] : full;
}

/** The table of `-w`: it grows line by line, and columns never become narrower again. */
export class GrowingTable {
  private readonly rows: string[][] = [];

  /** The text of the new lines. */
  add(infos: readonly Info[], options: TableOptions): string {
    const before = this.rows.length;
    this.rows.push(...groupRows(infos, { ...options, headers: options.headers && before === 0 }));
    return printTable(this.rows).split('\n').slice(before).join('\n');
  }
}

/** `namespace` undefined: the kind has none, or all of them were asked. */
export function emptyText(namespace: string | undefined): string {
  return namespace === undefined ? 'No resources found\n' : `No resources found in ${namespace} namespace.\n`;
}
