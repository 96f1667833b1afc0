import type { CheckResult, Finding, Severity } from '../finding';

const levels: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' };

/** SARIF 2.1.0, for code scanning. Lines and columns count from 1 there. */
export function sarifReport(result: CheckResult): string {
  const rules = [...new Set(result.findings.map((finding) => finding.code))].map((id) => ({ id }));
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{ tool: { driver: { name: 'portbound', rules } }, results: result.findings.map(sarifResult) }],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function sarifResult({ code, severity, message, speaker, file, range, path }: Finding) {
  const { start, end } = range;
  const region = {
    startLine: start.line + 1,
    startColumn: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
  return {
    ruleId: code,
    level: levels[severity],
    message: { text: `${speaker}: ${message}` },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: file }, region },
        logicalLocations: path ? [{ fullyQualifiedName: path }] : [],
      },
    ],
  };
}
