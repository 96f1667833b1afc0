import { check as checkText } from '@/checker/check';
import { type CheckResult, summarise } from '@/checker/finding';
import { mendText } from '@/checker/mend-text';
import { type ReportFormat, reports } from '@/checker/reports';
import { courseImages } from '@/course/images';
import { oneOf, readArguments } from './arguments';
import type { Host } from './host';
import { readInput } from './input';
import { writeOutput } from './output';
import { UsageError } from './usage-error';
import { worldOption } from './world-option';

const formats: readonly ReportFormat[] = ['text', 'json', 'sarif', 'markdown'];

/**
 * `portbound check [FILE… | -]`: 0 nothing wrong, 1 findings of severity error. With `--fix` the files are mended first,
 * where one edit is the right one; what is left is reported.
 */
export async function check(args: readonly string[], host: Host): Promise<number> {
  const options = readArguments(args, {
    values: ['world', 'kubernetes', 'pod-security', 'format', 'locale'],
    switches: ['fix'],
  });
  const world = worldOption(options.values.get('world') ?? 'lab-4', host);
  const kubernetes = oneOf(options, 'kubernetes', ['1.34', '1.35', '1.36'], world.kubernetes ?? '1.36');
  const podSecurity = oneOf(options, 'pod-security', ['privileged', 'baseline', 'restricted'], 'privileged');
  const locale = oneOf(options, 'locale', ['en', 'zh-cn'], 'en');
  const format = oneOf(options, 'format', formats, 'text');
  const names = options.rest.length > 0 ? options.rest : ['-'];
  const fix = options.switches.has('fix');
  if (fix && names.includes('-')) throw new UsageError('--fix mends files; name one');
  const results = names.map((name) => {
    const given = readInput(name, host);
    if (given.trim() === '') throw new UsageError(`${name === '-' ? 'standard input' : name} is empty`);
    const file = name === '-' ? 'STDIN' : name;
    const how = { world, images: courseImages(), kubernetes, podSecurity, locale, file };
    const { text, made } = fix ? mendText(given, how) : { text: given, made: [] };
    if (text !== given) writeOutput(name, text, host);
    for (const one of made) host.stderr(`fixed ${one}\n`);
    return checkText(text, how);
  });
  const result = together(results);
  host.stdout(reports[format](result));
  return result.summary.error > 0 ? 1 : 0;
}

/** Several files are one report. */
function together(results: readonly CheckResult[]): CheckResult {
  const [first] = results;
  if (!first) throw new UsageError('name the files to check');
  const findings = results.flatMap((result) => result.findings);
  return { ...first, findings, summary: summarise(findings) };
}
