/** A command of kubectl: the words and flags that may follow it. */
export interface CommandWords {
  /** Names of its sub-commands. */
  readonly words: readonly string[];
  readonly flags: readonly { readonly name: string; readonly takesValue: boolean }[];
  readonly commands: ReadonlyMap<string, CommandWords>;
}

/** What the words of a command line can be completed with at the place where it is typed. */
export interface Vocabulary {
  /** Names of programs. */
  readonly commands: readonly string[];
  readonly kubectl: CommandWords;
  /** Words that name a resource: `pods`, `po`. */
  readonly kinds: readonly string[];
  /** Names of the objects of a kind, by any of its words. */
  names(kind: string): readonly string[];
  /** Fields of a kind at a path; one that has fields of its own ends with a dot: `spec.`. */
  fields(kind: string, path: readonly string[]): readonly string[];
  /** Files of the folder. */
  readonly files: readonly string[];
}

export interface Completion {
  /** The line with as much filled in as is certain. */
  readonly line: string;
  /** What the last word may become, where there is more than one way. */
  readonly choices: readonly string[];
}

/** What a word may become. `rest`: the part of the word that is completed; what stands before it stays. */
interface Ways {
  readonly words: readonly string[];
  readonly rest: string;
  /** More may follow in the same word: no blank is put after it. */
  readonly open?: boolean;
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
  'wait',
  'autoscale',
];
/** Commands whose next word is the name of a Pod. */
const ofPods = ['logs', 'exec', 'attach', 'port-forward', 'debug'];
/** Commands whose next word is the name of a node. */
const ofNodes = ['cordon', 'uncordon', 'drain'];
/** What `kubectl rollout …` and `kubectl set …` work on. */
const workloads = ['deployment', 'daemonset', 'statefulset'];

const formats = ['json', 'yaml', 'name', 'jsonpath=', 'go-template='];
const getFormats = [...formats, 'wide', 'custom-columns='];

/** Completes the last word of a line, as a shell does on Tab. */
export function completeLine(line: string, vocabulary: Vocabulary): Completion {
  const command = lastCommand(line);
  const words = command.trimStart().split(/\s+/);
  const { words: ways, rest, open } = waysOf(words, vocabulary);
  const found = [...new Set(ways)].filter((word) => word.startsWith(rest)).sort();
  const [only] = found;
  if (only === undefined) return { line, choices: [] };
  const before = line.slice(0, line.length - rest.length);
  if (found.length > 1) return { line: before + sharedStart(found), choices: found };
  return { line: `${before}${only}${open || /[/.=]$/.test(only) ? '' : ' '}`, choices: [] };
}

/** What stands after the last pipe or semicolon that is not in quotes. */
function lastCommand(line: string): string {
  let start = 0;
  for (const { 0: text, index } of line.matchAll(/'[^']*(?:'|$)|"[^"]*(?:"|$)|[|;&]/g)) {
    if (text.length === 1 && /[|;&]/.test(text)) start = index + 1;
  }
  return line.slice(start);
}

function waysOf(words: readonly string[], vocabulary: Vocabulary): Ways {
  const last = words.at(-1) ?? '';
  const plain = (found: readonly string[]): Ways => ({ words: found, rest: last });
  if (words.length <= 1) return plain(vocabulary.commands);
  const [program = ''] = words;
  if (program !== 'kubectl' && program !== 'k') return plain(vocabulary.files);
  const { command, path, args } = resolved(words.slice(1, -1), vocabulary.kubectl);
  const before = words.at(-2) ?? '';
  const [, flag = '', value] = /^(--[-a-z]+)=(.*)$/s.exec(last) ?? [];
  if (value !== undefined) return valueWays(flag, value, path, args, vocabulary);
  if (/^-[-a-z]*$/.test(before) && takesValue(command, before)) return valueWays(before, last, path, args, vocabulary);
  if (last.startsWith('-')) {
    return plain(command.flags.map(({ name, takesValue: more }) => `--${name}${more ? '=' : ''}`));
  }
  return argumentWays(last, command, path, args, vocabulary);
}

/** Which command the words lead to, and its arguments. */
function resolved(words: readonly string[], root: CommandWords) {
  let command = root;
  const path: string[] = [];
  const args: string[] = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? '';
    const inner = args.length === 0 ? command.commands.get(word) : undefined;
    if (inner) {
      command = inner;
      path.push(word);
    } else if (!word.startsWith('-')) args.push(word);
    else if (!word.includes('=') && takesValue(command, word)) i++;
  }
  return { command, path, args };
}

const short: Readonly<Record<string, string>> = {
  n: 'namespace',
  o: 'output',
  f: 'filename',
  l: 'selector',
  c: 'container',
  k: 'kustomize',
};

function longName(flag: string): string {
  return flag.startsWith('--') ? flag.slice(2) : (short[flag.slice(1)] ?? '');
}

function takesValue(command: CommandWords, flag: string): boolean {
  const name = longName(flag);
  return command.flags.some((one) => one.name === name && one.takesValue);
}

function valueWays(
  flag: string,
  value: string,
  path: readonly string[],
  args: readonly string[],
  vocabulary: Vocabulary,
): Ways {
  const kind = args[0] ?? '';
  switch (longName(flag)) {
    case 'filename':
      return { words: vocabulary.files, rest: value };
    case 'namespace':
      return { words: vocabulary.names('namespaces'), rest: value };
    case 'dry-run':
      return { words: ['client', 'server', 'none'], rest: value };
    case 'for':
      return { words: ['condition=', 'delete', 'create', 'jsonpath='], rest: value };
    case 'sort-by':
      return fieldWays(value, kind, vocabulary);
    case 'output':
      return value.includes('=')
        ? fieldWays(value.slice(value.indexOf('=') + 1), kind, vocabulary)
        : { words: path[0] === 'get' ? getFormats : formats, rest: value };
    default:
      return { words: [], rest: value };
  }
}

/** The last path of `NAME:.metadata.na`, `{.items[*].spec.no`: its last step is completed. */
function fieldWays(text: string, kind: string, vocabulary: Vocabulary): Ways {
  const path = /[\w.[\]*]*$/.exec(text)?.[0] ?? '';
  const steps = path
    .replace(/^\./, '')
    .replaceAll(/\[[^\]]*\]/g, '')
    .split('.');
  const rest = steps.pop() ?? '';
  const inside = steps[0] === 'items' ? steps.slice(1) : steps;
  return {
    words: path.startsWith('.') ? vocabulary.fields(kind.split('/', 1)[0] ?? '', inside) : [],
    rest,
    open: true,
  };
}

function argumentWays(
  last: string,
  command: CommandWords,
  path: readonly string[],
  args: readonly string[],
  vocabulary: Vocabulary,
): Ways {
  const [verb = ''] = path;
  const plain = (words: readonly string[]): Ways => ({ words, rest: last });
  if (command.words.length > 0 && args.length === 0) return plain(command.words);
  if (verb === 'explain') {
    const [kind = '', ...steps] = last.split('.');
    const rest = steps.pop();
    return rest === undefined ? plain(vocabulary.kinds) : { words: vocabulary.fields(kind, steps), rest };
  }
  if (last.includes('/')) {
    const [word = ''] = last.split('/');
    return plain(vocabulary.names(word).map((name) => `${word}/${name}`));
  }
  if (ofPods.includes(verb)) return plain(vocabulary.names('pods'));
  if (ofNodes.includes(verb)) return plain(vocabulary.names('nodes'));
  if (verb === 'rollout' || verb === 'set') {
    const [kind] = args;
    return plain(kind === undefined ? workloads.map((word) => `${word}/`) : vocabulary.names(kind));
  }
  if (!ofKinds.includes(verb)) return plain([]);
  const [kind] = args;
  return plain(kind === undefined ? vocabulary.kinds : vocabulary.names(kind));
}

function sharedStart(words: readonly string[]): string {
  const [first = '', ...rest] = words;
  let length = first.length;
  for (const word of rest) while (!word.startsWith(first.slice(0, length))) length--;
  return first.slice(0, length);
}
