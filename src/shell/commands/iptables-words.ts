import { IptablesProblem } from './iptables-operands';

/** A command line of iptables: what is done, to which chain, and the words of a rule that are left. */
export interface IptablesWords {
  /** `-A`, `-L`, …: the short name. */
  readonly verb: string;
  readonly chain?: string;
  /** The number of a rule, where one stands behind the chain; a new name (`-E`), a policy (`-P`). */
  readonly second?: string;
  readonly table: string;
  readonly flags: ReadonlySet<string>;
  readonly rule: readonly string[];
}

const verbs: Readonly<Record<string, string>> = {
  '--append': '-A',
  '--check': '-C',
  '--delete': '-D',
  '--insert': '-I',
  '--replace': '-R',
  '--list': '-L',
  '--list-rules': '-S',
  '--flush': '-F',
  '--zero': '-Z',
  '--new-chain': '-N',
  '--new': '-N',
  '--delete-chain': '-X',
  '--policy': '-P',
  '--rename-chain': '-E',
};

const flags: Readonly<Record<string, string>> = {
  '--numeric': '-n',
  '--verbose': '-v',
  '--exact': '-x',
  '--line-numbers': '--line-numbers',
  '--line-number': '--line-numbers',
  '--wait': '-w',
  '--ipv4': '-4',
  '--ipv6': '-6',
};

/** Sorts the words: options may stand in any order, also before and after a rule. Throws IptablesProblem. */
export function readWords(args: readonly string[]): IptablesWords {
  const words = apart(args);
  const found: { verb: string; chain?: string; second?: string } = { verb: '' };
  const given = new Set<string>();
  const rule: string[] = [];
  let table = 'filter';
  const operand = (at: number) => {
    const word = words[at];
    return word === undefined || word.startsWith('-') || word === '!' ? undefined : word;
  };
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    const verb = verbs[word] ?? (/^-[ACDIRLSFZNXPE]$/.test(word) ? word : undefined);
    const flag = flags[word] ?? (/^-[nvxw46]$/.test(word) ? word : undefined);
    if (verb !== undefined) {
      if (found.verb !== '') throw new IptablesProblem(`Cannot use ${verb} with ${found.verb}\n`);
      found.verb = verb;
      if ((found.chain = operand(at + 1)) !== undefined) at++;
      else if (/^-[ACDIRPE]$/.test(verb)) throw new IptablesProblem(`option "${word}" requires an argument`);
      const next = operand(at + 1);
      const takes = /^-[EPLS]$/.test(verb) ? next !== undefined : /^-[DIR]$/.test(verb) && /^\d+$/.test(next ?? '');
      if (takes && found.chain !== undefined) {
        found.second = next;
        at++;
      }
    } else if (word === '-t' || word === '--table') {
      table = words[++at] ?? table;
    } else if (flag !== undefined) {
      given.add(flag);
      if (flag === '-w' && /^\d+$/.test(words[at + 1] ?? '')) at++;
    } else if (/^--table=/.test(word)) table = word.slice(8);
    else rule.push(...ruleWord(words, at, () => at++));
  }
  return { ...found, table, flags: given, rule };
}

/** A word of a rule, with what belongs to it: the value of an option may look like an option. */
function ruleWord(words: readonly string[], at: number, step: () => void): string[] {
  const word = words[at] ?? '';
  const value = words[at + 1];
  if (value === undefined || !/^--?(?:comment|log-prefix)$/.test(word)) return [word];
  step();
  return [word, value];
}

/** `-nvL` is `-n -v -L`; `--dport=80` is `--dport 80`. What follows a letter that takes a value is the value. */
function apart(args: readonly string[]): string[] {
  return args.flatMap((word) => {
    const long = /^(--[\w-]+)=(.*)$/s.exec(word);
    if (long) return [long[1] ?? '', long[2] ?? ''];
    if (!/^-[a-zA-Z0-9]{2,}$/.test(word)) return [word];
    const out: string[] = [];
    for (let i = 1; i < word.length; i++) {
      const letter = word.charAt(i);
      out.push(`-${letter}`);
      const rest = word.slice(i + 1);
      if (!/[nvxw46LSFZ]/.test(letter) && rest !== '') return [...out, rest];
    }
    // The verb last, so that a chain may follow it.
    return out.sort((a, b) => Number(/[LSFZ]/.test(a)) - Number(/[LSFZ]/.test(b)));
  });
}
