import type { BadSeparator } from './chunks';
import { Chunk, chunksOf } from './chunks';
import { ParsedDocument } from './document';
import { byteOffset, type JsonProblem, scanJson } from './json';
import type { Manifest, ManifestError, ManifestErrorCode } from './manifest';
import { Positions } from './positions';
import { beginsWithBrace, isSpace } from './white-space';
import { compose } from './yaml/compose';
import { YamlError } from './yaml/error';
import type { YamlNode } from './yaml/node';
import { ConversionError, toJson } from './yaml/to-json';

export type { FieldPath, FieldRange, Manifest, ManifestDocument, ManifestError, Position, Range } from './manifest';

/** How far kubectl looks for a `{` before it decides between JSON and YAML. */
const jsonGuessBytes = 4096;

/**
 * Reads a file of YAML or JSON documents as kubectl does: the documents up to the first error, and that error. Never
 * throws. Upstream: staging/src/k8s.io/apimachinery/pkg/util/yaml/decoder.go `YAMLOrJSONDecoder`,
 * staging/src/k8s.io/cli-runtime/pkg/resource/visitor.go `StreamVisitor.Visit`.
 */
export function readManifest(text: string, options: ReadOptions = {}): Manifest {
  const reading = readManifestInSteps(text, options);
  let step = reading.next();
  while (!step.done) step = reading.next();
  return step.value;
}

/** The same; yields after every document, so that the reader of a long file may do something else in between. */
export function readManifestInSteps(text: string, options: ReadOptions = {}): Generator<void, Manifest> {
  return new Reader(text, options.pastErrors === true).read();
}

export interface ReadOptions {
  /** Go on with the documents behind one that cannot be read, as kubectl does not: then there may be several errors. */
  readonly pastErrors?: boolean;
}

class Reader {
  private readonly positions: Positions;
  private readonly documents: ParsedDocument[] = [];
  private readonly errors: ManifestError[] = [];

  constructor(
    private readonly text: string,
    private readonly pastErrors: boolean,
  ) {
    this.positions = new Positions(text);
  }

  *read(): Generator<void, Manifest> {
    const json = beginsWithBrace(this.text.slice(0, jsonGuessBytes)) ? yield* this.readJson() : { from: 0 };
    if (json) yield* this.readYaml(json.from, json.problem);
    return { documents: this.documents, errors: this.errors };
  }

  /** Objects one after the other; where they end, YAML is tried, unless two or more were there. */
  private *readJson(): Generator<void, { from: number; problem?: JsonProblem } | undefined> {
    let from = 0;
    let count = 0;
    for (;;) {
      const scan = scanJson(this.text, from);
      if (!scan) return undefined;
      if ('problem' in scan) {
        const rest = count <= 1 ? this.afterWhiteSpace(from) : undefined;
        if (rest !== undefined) return { from: rest, problem: scan };
        if (count <= 1) this.failJson(scan);
        else this.fail('json-syntax', scan.problem, scan.offset);
        return undefined;
      }
      const start = from + (/\S/.exec(this.text.slice(from))?.index ?? 0);
      this.addJson(start, scan.end);
      from = scan.end;
      count++;
      yield;
    }
  }

  private addJson(start: number, end: number): void {
    const text = this.text.slice(start, end);
    const value: unknown = JSON.parse(text);
    if (value === null) return;
    const chunk = new Chunk(text, start);
    const content = { start, end };
    this.documents.push(
      new ParsedDocument(this.documents.length, value, composed(text), chunk, this.positions, content, true),
    );
  }

  /**
   * White space up to and including the first line break. With less than four bytes left, YAML is not tried. Upstream:
   * `consumeWhitespace`
   */
  private afterWhiteSpace(from: number): number | undefined {
    for (let at = from; ; at++) {
      if (byteOffset(this.text.slice(at, at + 4), 4) < 4) return undefined;
      if (!isSpace(this.text[at] ?? '')) return at;
      if (this.text[at] === '\n') return at + 1;
    }
  }

  private *readYaml(from: number, problem?: JsonProblem): Generator<void, void> {
    let jsonProblem = problem;
    for (const chunk of chunksOf(this.text, from)) {
      const failed = chunk instanceof Chunk ? this.addYaml(chunk) : separatorError(chunk);
      if (failed && jsonProblem) return this.failJson(jsonProblem);
      if (failed) this.fail(failed.code, failed.message, failed.offset);
      if (failed && !this.pastErrors) return;
      jsonProblem = undefined;
      yield;
    }
  }

  private addYaml(chunk: Chunk): Failure | undefined {
    try {
      const root = compose(chunk.text);
      const value = root ? toJson(root) : null;
      if (!root || value === null) return undefined;
      const content = { start: chunk.toFile(root.start), end: chunk.toFile(root.end) };
      this.documents.push(new ParsedDocument(this.documents.length, value, root, chunk, this.positions, content));
      return undefined;
    } catch (error) {
      return yamlFailure(error, chunk);
    }
  }

  private failJson({ problem, offset, syntax }: JsonProblem): void {
    const message = syntax ? `json: offset ${byteOffset(this.text, offset) + 1}: ${problem}` : problem;
    this.fail('json-syntax', message, offset);
  }

  private fail(code: ManifestErrorCode, message: string, offset: number): void {
    this.errors.push({ code, message, range: this.positions.restOfLine(offset), document: this.documents.length });
  }
}

interface Failure {
  readonly code: ManifestErrorCode;
  readonly message: string;
  readonly offset: number;
}

function separatorError({ message, offset }: BadSeparator): Failure {
  return { code: 'document-separator', message, offset };
}

function yamlFailure(error: unknown, chunk: Chunk): Failure {
  if (error instanceof YamlError || error instanceof ConversionError) {
    const code = error instanceof YamlError && error.source !== 'value' ? 'yaml-syntax' : 'yaml-value';
    const message = `error converting YAML to JSON: ${error.message}`;
    return { code, message, offset: chunk.toFile(error.offset) };
  }
  throw error;
}

/** JSON is nearly always YAML as well; where it is not, its fields have no places. */
function composed(text: string): YamlNode | undefined {
  try {
    return compose(text);
  } catch {
    return undefined;
  }
}
