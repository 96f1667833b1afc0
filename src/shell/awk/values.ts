import { AwkProblem } from './syntax';
import { BoundedRegExp } from '../language/bounded-regexp';

/** A line's fields; a single blank as separator stands for any run of blanks. */
export function splitFields(line: string, separator: string): string[] {
  if (separator === ' ') return line.trim() === '' ? [] : line.trim().split(/\s+/);
  if (line === '') return [];
  if (separator.length === 1) return line.split(separator);
  try {
    return line.split(new BoundedRegExp(separator));
  } catch {
    throw new AwkProblem(`regular expression compile failed: ${separator}`);
  }
}

/** Throws AwkProblem for a division by zero. */
export function calculate(operator: string, a: number, b: number): number {
  if ((operator === '/' || operator === '%') && b === 0) throw new AwkProblem('division by zero');
  return { '+': a + b, '-': a - b, '*': a * b, '/': a / b, '%': a % b, '^': a ** b }[operator] ?? 0;
}

/** Whether awk compares it as a number. */
export function looksNumeric(value: string): boolean {
  return /^\s*[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?\s*$/.test(value);
}

/** The number a text begins with, or 0. */
export function numeric(value: string): number {
  return Number.parseFloat(value) || 0;
}

/** awk prints whole numbers as they are and others with six digits (`%.6g`). */
export function text(value: number): string {
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(6)));
}
