/** One step of an expression that is matched character by character. */
export type Step =
  | { readonly kind: 'take'; readonly takes: (character: string) => boolean }
  | { readonly kind: 'look'; readonly holds: (text: string, at: number) => boolean }
  | { readonly kind: 'fork'; first: number; second: number }
  | { readonly kind: 'save'; readonly slot: number }
  | { readonly kind: 'end' };

export interface Program {
  /** How many parts may be repeated without an end. */
  readonly repeats: number;
  /** Whether something that is repeated has a choice in itself: the number of ways may then double with every character. */
  readonly nested: boolean;
  /** Undefined for what only the browser's own matcher knows: `\1`, and looks at more than one character. */
  readonly steps?: readonly Step[];
  /** How many pairs of parentheses there are. */
  readonly groups: number;
}

/** Most steps of a program; `a{1,1000}{1,1000}` would be more. */
const most = 5000;

class Unknown extends Error {}

/** Reads the source of a RegExp, as the translators of this folder write it. */
export function compile(source: string, ignoreCase: boolean): Program {
  const parser = new Parser(source, ignoreCase);
  try {
    const steps = parser.whole();
    return { repeats: parser.repeats, nested: parser.nested, steps, groups: parser.groups };
  } catch (problem) {
    if (!(problem instanceof Unknown)) throw problem;
    const repeats = (source.match(/[*+]|,\}/g) ?? []).length;
    return { repeats, groups: 0, nested: /[*+}]\)[*+{]|\|[^()]*\)[*+{]/.test(source) };
  }
}

type Block = (base: number) => Step[];

class Parser {
  repeats = 0;
  nested = false;
  private at = 0;
  groups = 0;
  /** Choices that were read so far: `|`, `?`, `*`, `+`, `{ }`. */
  private choices = 0;

  constructor(
    private readonly source: string,
    private readonly ignoreCase: boolean,
  ) {}

  whole(): Step[] {
    const body = this.alternatives();
    if (this.at < this.source.length) throw new Unknown();
    const steps: Step[] = [{ kind: 'save', slot: 0 }, ...body(1), { kind: 'save', slot: 1 }, { kind: 'end' }];
    if (steps.length > most) throw new Unknown();
    return steps;
  }

  private alternatives(): Block {
    const list = [this.sequence()];
    while (this.source[this.at] === '|') {
      this.at++;
      this.choices++;
      list.push(this.sequence());
    }
    return list.reduceRight((rest, first) => either(first, rest));
  }

  private sequence(): Block {
    const list: Block[] = [];
    while (this.at < this.source.length && !'|)'.includes(this.source.charAt(this.at))) {
      const before = this.choices;
      const atom = this.atom();
      list.push(this.quantified(atom, this.choices > before));
    }
    return (base) => {
      const steps: Step[] = [];
      for (const block of list) steps.push(...checked(block(base + steps.length)));
      return steps;
    };
  }

  private quantified(atom: Block, choice: boolean): Block {
    const found = /^(?:[*+?]|\{(\d+)(,?)(\d*)\})(\??)/.exec(this.source.slice(this.at, this.at + 24));
    if (!found) return atom;
    this.at += found[0].length;
    const sign = found[0].charAt(0);
    const least = sign === '{' ? Number(found[1]) : sign === '+' ? 1 : 0;
    const greatest =
      sign === '{'
        ? found[2] === ''
          ? least
          : found[3] === ''
            ? Infinity
            : Number(found[3])
        : sign === '?'
          ? 1
          : Infinity;
    this.choices++;
    if (greatest === Infinity) this.repeats++;
    if (choice && greatest > 1) this.nested = true;
    return repeated(atom, least, greatest, found[4] === '?');
  }

  private atom(): Block {
    const character = this.source.charAt(this.at++);
    if (character === '(') return this.group();
    if (character === '[') return this.taking(this.bracket());
    if (character === '\\') return this.escaped();
    if (character === '.') return this.taking('.');
    if (character === '^') return one({ kind: 'look', holds: (_text, at) => at === 0 });
    if (character === '$') return one({ kind: 'look', holds: (text, at) => at === text.length });
    return this.taking(character.replace(/[{}\]/]/, '\\$&'));
  }

  private escaped(): Block {
    const letter = this.source.charAt(this.at++);
    if (/[1-9kpPux]/.test(letter)) throw new Unknown();
    if (letter !== 'b' && letter !== 'B') return this.taking(`\\${letter}`);
    const word = (text: string, at: number) => /\w/.test(text.charAt(at));
    return one({
      kind: 'look',
      holds: (text, at) => ((at > 0 && word(text, at - 1)) !== word(text, at)) === (letter === 'b'),
    });
  }

  private group(): Block {
    const look = /^\?(<?)([=!])(\[(?:\\.|[^\]\\])*\]|\\?.)\)/.exec(this.source.slice(this.at, this.at + 200));
    if (look) {
      this.at += look[0].length;
      const takes = this.taker(look[3] ?? '');
      const back = look[1] === '<' ? 1 : 0;
      return one({
        kind: 'look',
        holds: (text, at) => {
          const character = text.charAt(at - back);
          return (character !== '' && takes(character)) === (look[2] === '=');
        },
      });
    }
    const bare = this.source.startsWith('?:', this.at);
    if (bare) this.at += 2;
    else if (this.source[this.at] === '?') throw new Unknown();
    const slot = bare ? 0 : 2 * ++this.groups;
    const body = this.alternatives();
    this.at++;
    if (bare) return body;
    return (base) => [{ kind: 'save', slot }, ...body(base + 1), { kind: 'save', slot: slot + 1 }];
  }

  private bracket(): string {
    const found = /^(?:\\.|[^\]\\])*\]/s.exec(this.source.slice(this.at));
    if (!found) throw new Unknown();
    this.at += found[0].length;
    return `[${found[0]}`;
  }

  private taking(source: string): Block {
    return one({ kind: 'take', takes: this.taker(source) });
  }

  private taker(source: string): (character: string) => boolean {
    const known = new Map<string, boolean>();
    let pattern: RegExp | undefined;
    return (character) => {
      let answer = known.get(character);
      if (answer === undefined) {
        pattern ??= new RegExp(`^${source}$`, this.ignoreCase ? 'i' : '');
        answer = pattern.test(character) && !(source === '.' && character === '\n');
        known.set(character, answer);
      }
      return answer;
    };
  }
}

function one(step: Step): Block {
  return () => [step];
}

function checked(steps: Step[]): Step[] {
  if (steps.length > most) throw new Unknown();
  return steps;
}

/** Goes on at `to`, whatever comes. */
function jump(to: number): Step {
  return { kind: 'fork', first: to, second: to };
}

function either(first: Block, second: Block): Block {
  return (base) => {
    const left = first(base + 1);
    const right = second(base + left.length + 2);
    const after = base + left.length + right.length + 2;
    return [{ kind: 'fork', first: base + 1, second: base + left.length + 2 }, ...left, jump(after), ...right];
  };
}

function repeated(atom: Block, least: number, greatest: number, lazy: boolean): Block {
  const fork = (into: number, past: number): Step =>
    lazy ? { kind: 'fork', first: past, second: into } : { kind: 'fork', first: into, second: past };
  return (base) => {
    const steps: Step[] = [];
    for (let i = 0; i < least; i++) steps.push(...checked(atom(base + checked(steps).length)));
    if (greatest === Infinity) {
      const start = base + steps.length;
      const body = atom(start + 1);
      return [...steps, fork(start + 1, start + body.length + 2), ...body, jump(start)];
    }
    const forks: { at: number; into: number }[] = [];
    for (let i = least; i < greatest; i++) {
      forks.push({ at: checked(steps).length, into: base + steps.length + 1 });
      steps.push(jump(0), ...atom(base + steps.length + 1));
    }
    for (const { at, into } of forks) steps[at] = fork(into, base + steps.length);
    return steps;
  };
}
