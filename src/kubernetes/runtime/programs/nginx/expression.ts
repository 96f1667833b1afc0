/** A regular expression of PCRE, as far as JavaScript's mean the same. */
export function expression(pattern: string, blind = false): RegExp {
  const insensitive = pattern.startsWith('(?i)');
  const bare = (insensitive ? pattern.slice(4) : pattern).replaceAll('(?P<', '(?<');
  return new RegExp(bare, blind || insensitive ? 'i' : '');
}

// pcre2_error.c: its words for what JavaScript refuses too.
const problems: readonly (readonly [RegExp, string])[] = [
  [/Unterminated group/, 'missing closing parenthesis'],
  [/Unmatched '\)'/, 'unmatched closing parenthesis'],
  [/Unterminated character class/, 'missing terminating ] for character class'],
  [/Nothing to repeat/, 'quantifier does not follow a repeatable item'],
];

/** Why a pattern is none, as nginx says it; undefined when it is one. */
export function expressionProblem(pattern: string): string | undefined {
  try {
    expression(pattern);
    return undefined;
  } catch (error) {
    const said = problems.find(([sign]) => sign.test(String(error)))?.[1] ?? 'not a regular expression';
    return `pcre2_compile() failed: ${said} in "${pattern}"`;
  }
}

/** The groups of a match, by number and by name. */
export function groupsOf(match: RegExpExecArray): Record<string, string> {
  const numbered = match.slice(1).map((text, index) => [String(index + 1), text ?? ''] as const);
  return { ...Object.fromEntries(numbered), ...match.groups };
}
