import type { Refusal } from './framework/plugin';

/** Why no node was good enough, node by node. */
export interface Diagnosis {
  /** Nodes that were asked, and the first plugin's no. */
  readonly refused: ReadonlyMap<string, Refusal>;
  /** What counts for nodes that were not asked at all. */
  readonly others?: Refusal;
  /** A PreFilter that refused everything. */
  readonly preFilter?: Refusal;
}

// pkg/scheduler/schedule_one.go `ErrNoNodesAvailable`
export const noNodesAvailable = 'no nodes available to schedule pods';

/**
 * `0/3 nodes are available: 1 Insufficient cpu, 2 node(s) had untolerated taint(s). <post-filter's words>`
 * Upstream: pkg/scheduler/framework/types.go `FitError.Error`
 */
export function fitErrorText(nodes: readonly string[], diagnosis: Diagnosis, postFilter = ''): string {
  let text = `0/${nodes.length} nodes are available:`;
  if (diagnosis.preFilter) text += ` ${diagnosis.preFilter.reasons.join(', ')}.`;
  else {
    const list = histogram(nodes, diagnosis);
    if (list.length > 0) text += ` ${list.join(', ')}.`;
  }
  return postFilter === '' ? text : `${text} ${postFilter}`;
}

/** `1 Insufficient cpu` … each reason counted over the nodes, sorted as text: `10 …` stands before `2 …`. */
function histogram(nodes: readonly string[], { refused, others }: Diagnosis): string[] {
  const counts = new Map<string, number>();
  for (const node of nodes) {
    for (const reason of (refused.get(node) ?? others)?.reasons ?? []) {
      counts.set(reason, (counts.get(reason) ?? 0) + 1);
    }
  }
  return [...counts].map(([reason, count]) => `${count} ${reason}`).sort(byBytes);
}

function byBytes(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

const eventNoteLimit = 1024;

/**
 * An event's note is cut to 1024 bytes, ending ` ...`; the condition keeps the whole text.
 * Upstream: pkg/scheduler/schedule_one.go `truncateMessage`
 */
export function truncatedNote(text: string): string {
  const bytes = new TextEncoder().encode(text);
  if (bytes.length <= eventNoteLimit) return text;
  return `${new TextDecoder().decode(bytes.slice(0, eventNoteLimit - ' ...'.length))} ...`;
}
