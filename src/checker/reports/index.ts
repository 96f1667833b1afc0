import type { CheckResult } from '../finding';
import { markdownReport } from './markdown';
import { sarifReport } from './sarif';
import { textReport } from './text';

/** How a check's result can be printed. */
export const reports = {
  text: textReport,
  json: (result: CheckResult) => `${JSON.stringify(result, null, 2)}\n`,
  sarif: sarifReport,
  markdown: markdownReport,
} as const;

export type ReportFormat = keyof typeof reports;
