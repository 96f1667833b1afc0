import type { Range, TextEdit } from '@/manifest/manifest';

export type Severity = 'error' | 'warning' | 'info';

/**
 * Who would say it: the one reading the file, the API server, an admission plug-in, the scheduler, the kubelet, the
 * node's kernel; `nobody` for silent trouble, `advice` for what a colleague would say.
 */
export type Speaker = 'kubectl' | 'api-server' | 'admission' | 'scheduler' | 'kubelet' | 'kernel' | 'nobody' | 'advice';

/** The order in which the speakers would speak. */
export const speakers: readonly Speaker[] = [
  'kubectl',
  'api-server',
  'admission',
  'scheduler',
  'kubelet',
  'kernel',
  'nobody',
  'advice',
];

export interface Fix {
  readonly title: string;
  /** Whether the edit keeps what the manifest means. */
  readonly safe: boolean;
  readonly edits: readonly TextEdit[];
}

/** One thing that somebody would say about a manifest. */
export interface Finding {
  readonly file: string;
  /** Index of the YAML document in its file, from 0. */
  readonly document: number;
  /** `Deployment/nginx`; empty where the document could not be read. */
  readonly object: string;
  readonly severity: Severity;
  /** `FieldValueInvalid`, `FailedScheduling`, `V01` … */
  readonly code: string;
  readonly speaker: Speaker;
  /** The speaker's literal text where there is one. */
  readonly message: string;
  /** `spec.template.spec.hostNetwork`; empty for a whole document. */
  readonly path: string;
  readonly range: Range;
  /** It would be said only once the errors before it are mended: whoever says it stops there today. */
  readonly later?: boolean;
  /** Seconds of cluster time after applying when it would show. */
  readonly at?: number;
  /** `l05` */
  readonly lesson?: string;
  readonly fixes: readonly Fix[];
}

export interface CheckSummary {
  readonly error: number;
  readonly warning: number;
  readonly info: number;
}

/** The result of a check, in the form that `--format json` prints. */
export interface CheckResult {
  readonly kubernetes: string;
  readonly world: string;
  readonly findings: readonly Finding[];
  readonly summary: CheckSummary;
}

/** How many findings there are of each severity. */
export function summarise(findings: readonly Finding[]): CheckSummary {
  const count = (severity: Severity) => findings.filter((one) => one.severity === severity).length;
  return { error: count('error'), warning: count('warning'), info: count('info') };
}
