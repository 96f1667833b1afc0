import type { CommandDefinition } from './command-tree';

/** Commands that a mistyped word may have meant. Upstream: spf13/cobra command.go `SuggestionsFor`. */
export function suggestions(word: string, commands: readonly CommandDefinition[]): string[] {
  const typed = word.toLowerCase();
  return commands
    .filter(
      ({ name, suggestFor = [] }) =>
        distance(typed, name.toLowerCase()) <= 2 || name.toLowerCase().startsWith(typed) || suggestFor.includes(typed),
    )
    .map((command) => command.name);
}

/** Levenshtein distance. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + same));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
