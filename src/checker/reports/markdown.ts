import type { CheckResult } from '../finding';
import { verdict } from './text';

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', '<br>');

/** A table for a pull request or a note. */
export function markdownReport(result: CheckResult): string {
  const rows = result.findings.map(
    ({ file, range, severity, speaker, code, message }) =>
      `| ${file}:${range.start.line + 1} | ${severity} | ${speaker} | ${code} | ${cell(message)} |`,
  );
  const table =
    rows.length > 0
      ? ['| place | severity | who says it | code | words |', '| --- | --- | --- | --- | --- |', ...rows, '']
      : [];
  return [...table, verdict(result), ''].join('\n');
}
