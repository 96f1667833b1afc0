/** What the words of a command line can be completed with at the place where it is typed. */
export interface Vocabulary {
  /** Names of programs. */
  readonly commands: readonly string[];
  /** kubectl's commands. */
  readonly kubectl: readonly string[];
  /** Words that name a resource: `pods`, `po`. */
  readonly kinds: readonly string[];
  /** Names of the objects of a kind, by any of its words. */
  names(kind: string): readonly string[];
  /** Files of the folder. */
  readonly files: readonly string[];
}

export interface Completion {
  /** The line with as much filled in as is certain. */
  readonly line: string;
  /** What the last word may become, where there is more than one way. */
  readonly choices: readonly string[];
}

/** Commands of kubectl whose next word is a kind. */
const ofKinds = [
  'get',
  'describe',
  'delete',
  'edit',
  'scale',
  'label',
  'annotate',
  'patch',
  'expose',
  'explain',
  'wait',
];
/** Commands whose next word is the name of a Pod. */
const ofPods = ['logs', 'exec', 'attach', 'port-forward', 'debug'];
/** Commands whose next word is the name of a node. */
const ofNodes = ['cordon', 'uncordon', 'drain'];

/** Completes the last word of a line, as a shell does on Tab. */
export function completeLine(line: string, vocabulary: Vocabulary): Completion {
  // What stands before the last pipe or semicolon is another command.
  const command = /[^|;&]*$/.exec(line)?.[0] ?? '';
  const words = command.trimStart().split(/\s+/);
  const last = words.at(-1) ?? '';
  const found = [...new Set(candidates(words, vocabulary))].filter((word) => word.startsWith(last)).sort();
  const [only] = found;
  if (only === undefined) return { line, choices: [] };
  const before = line.slice(0, line.length - last.length);
  if (found.length === 1) return { line: `${before}${only}${only.endsWith('/') ? '' : ' '}`, choices: [] };
  return { line: before + sharedStart(found), choices: found };
}

function candidates(words: readonly string[], vocabulary: Vocabulary): readonly string[] {
  const [program = '', verb = '', kind = ''] = words;
  const last = words.at(-1) ?? '';
  if (words.length <= 1) return vocabulary.commands;
  if (/^-{1,2}(f|filename)$/.test(words.at(-2) ?? '')) return vocabulary.files;
  if (program !== 'kubectl' && program !== 'k') return vocabulary.files;
  if (words.length === 2) return vocabulary.kubectl;
  if (last.includes('/')) {
    const [word = ''] = last.split('/');
    return vocabulary.names(word).map((name) => `${word}/${name}`);
  }
  if (ofPods.includes(verb)) return vocabulary.names('pods');
  if (ofNodes.includes(verb)) return vocabulary.names('nodes');
  if (!ofKinds.includes(verb)) return [];
  return words.length === 3 ? vocabulary.kinds : vocabulary.names(kind);
}

function sharedStart(words: readonly string[]): string {
  const [first = '', ...rest] = words;
  let length = first.length;
  for (const word of rest) while (!word.startsWith(first.slice(0, length))) length--;
  return first.slice(0, length);
}
