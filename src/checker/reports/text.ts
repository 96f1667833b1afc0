import type { CheckResult, Finding } from '../finding';

const marks = { error: 'error', warning: 'warning', info: 'info' } as const;

/** One block per finding: place, severity, speaker and code, then the speaker's words. */
export function textReport(result: CheckResult): string {
  const blocks = result.findings.map((finding) => `${head(finding)}\n${indent(finding.message)}\n`);
  return `${blocks.join('')}${verdict(result)}\n`;
}

function head({ file, range, severity, speaker, code, at, object, lesson, later }: Finding): string {
  const place = `${file}:${range.start.line + 1}:${range.start.character + 1}`;
  const when = later ? ' once the errors before it are mended' : at === undefined ? '' : ` after ${at} s`;
  return `${place}: ${marks[severity]}: ${speaker} says${when} (${[code, object, lesson].filter(Boolean).join(', ')}):`;
}

function indent(text: string): string {
  return text.replace(/^/gm, '    ');
}

/** The last line: what it comes to. */
export function verdict({ summary, kubernetes, world }: CheckResult): string {
  const count = (n: number, word: string) => `${n} ${word}${n === 1 ? '' : 's'}`;
  const counts = `${count(summary.error, 'error')}, ${count(summary.warning, 'warning')}, ${count(summary.info, 'note')}`;
  return `${counts} (simulated Kubernetes ${kubernetes}, world ${world})`;
}
