/**
 * Trouble in a YAML text, in go-yaml's words. `scanner` and `parser` errors name a line, counted in go-yaml's own
 * way; `reader` and `value` errors name none.
 */
export class YamlError extends Error {
  constructor(
    readonly source: 'reader' | 'scanner' | 'parser' | 'value',
    readonly problem: string,
    /** Offset into the text. */
    readonly offset: number,
    /** Counted from 0. */
    readonly line = 0,
    readonly contextLine = 0,
  ) {
    super(YamlError.text(source, problem, line, contextLine));
  }

  /**
   * `yaml: line 4: did not find expected key`. Lines count from 1 where the scanner stopped, but a parser error names
   * the line before the offending token; line 0 is no line. Upstream: go.yaml.in/yaml/v2 decode.go `parser.fail`
   */
  private static text(source: YamlError['source'], problem: string, line: number, contextLine: number): string {
    const named = line !== 0 ? line + (source === 'scanner' ? 1 : 0) : contextLine;
    return `yaml: ${named === 0 ? '' : `line ${named}: `}${problem}`;
  }
}
