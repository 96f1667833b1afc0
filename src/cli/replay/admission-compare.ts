import { isObject, type JsonObject } from '@/kubernetes/api/object';

/** What an API server answered, as the folder's README shapes it. */
export interface RecordedAnswer {
  readonly code: number;
  readonly warnings: readonly string[];
  readonly status?: { reason?: string; message?: string; details?: JsonObject };
  readonly object?: JsonObject;
  readonly text?: string;
}

const masks = /<(?:rand|uid|ip|nodePort|resourceVersion|time)>/g;

/** Where two answers differ, one line each. `unordered`: lists and texts may come in any order. */
export function compareAnswers(wanted: RecordedAnswer, got: RecordedAnswer, unordered: boolean): string[] {
  const out: string[] = [];
  if (wanted.text !== undefined) return wanted.code === got.code ? [] : [`code: ${wanted.code} ≠ ${got.code}`];
  const [a, b] = unordered ? [inAnyOrder(wanted), inAnyOrder(got)] : [wanted, got];
  compare(a, b, '', out);
  return out;
}

function compare(wanted: unknown, got: unknown, path: string, out: string[]): void {
  if (Array.isArray(wanted) && Array.isArray(got)) {
    for (let i = 0; i < Math.max(wanted.length, got.length); i++) compare(wanted[i], got[i], `${path}[${i}]`, out);
  } else if (isObject(wanted) && isObject(got)) {
    for (const key of new Set([...Object.keys(wanted), ...Object.keys(got)])) {
      compare(wanted[key], got[key], path === '' ? key : `${path}.${key}`, out);
    }
  } else if (!same(wanted, got)) {
    out.push(`${path}: ${shown(wanted)} ≠ ${shown(got)}`);
  }
}

function same(wanted: unknown, got: unknown): boolean {
  if (wanted === got) return true;
  if (typeof wanted !== 'string' || (typeof got !== 'string' && typeof got !== 'number')) return false;
  if (!wanted.includes('<')) return false;
  const pattern = wanted.split(masks).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return pattern.length > 1 && new RegExp(`^${pattern.join('[\\s\\S]+?')}$`).test(String(got));
}

function shown(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}

function inAnyOrder(answer: RecordedAnswer): RecordedAnswer {
  const { status, warnings } = answer;
  const causes = status?.details?.causes;
  return {
    ...answer,
    warnings: [...warnings].sort(),
    ...(status && {
      status: {
        ...status,
        message: [...(status.message ?? '')].sort().join(''),
        details: { ...status.details, ...(Array.isArray(causes) && { causes: causes.map(withoutIndexes).sort() }) },
      },
    }),
  };
}

function withoutIndexes(cause: unknown): string {
  return JSON.stringify(cause).replace(/\[\d+\]/g, '[]');
}
