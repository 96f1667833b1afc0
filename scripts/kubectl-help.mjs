// Reads what kubectl says of itself, and writes src/kubectl/help/help-texts.json:
//   node scripts/kubectl-help.mjs 1.36=PATH [1.35=PATH] [1.34=PATH]    (paths of kubectl programs, the newest minor first)
// Of an older minor only what differs from the next newer one is kept; null: it has no such command, text or flag.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const target = fileURLToPath(new URL('../src/kubectl/help/help-texts.json', import.meta.url));

/** What a kubectl prints for a command line. A home of its own keeps the reader's settings out. */
function print(program, words) {
  return execFileSync(program, words, {
    encoding: 'utf8',
    env: { HOME: '/root' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}

const headings = ['Aliases:', 'Examples:', 'Available Commands:', 'Options:', 'Usage:'];

/** The parts of a help text by their headings; the first part is the purpose, the last one the hints. */
function sections(help) {
  const found = { long: [] };
  let current = found.long;
  for (const line of help.split('\n')) {
    if (headings.includes(line)) current = found[line] = [];
    else if (/^Use "kubectl .*" for (more information|a list)/.test(line)) current = [];
    else current.push(line);
  }
  return Object.fromEntries(Object.entries(found).map(([name, lines]) => [name, lines.join('\n').trimEnd()]));
}

/** `    -f, --filename=[]:` and its text below, by the flag's name. The head tells the shorthand and the default. */
function options(text) {
  const heads = {};
  const texts = {};
  for (const [, head, name, usage] of text.matchAll(/^ {4}((?:-\w, )?--([\w-]+)=.*?):\n\t(.*(?:\n\t.*)*)/gm)) {
    heads[name] = head;
    texts[name] = usage;
  }
  return { heads, texts };
}

function readCommand(program, path) {
  const parts = sections(print(program, [...path, '--help']));
  const { heads, texts } = options(parts['Options:'] ?? '');
  const usage = /^ {2}kubectl(.*)$/m.exec(parts['Usage:'] ?? '')?.[1] ?? '';
  const words = path.length === 0 ? '' : ` ${path.join(' ')}`;
  return {
    children: [...(parts['Available Commands:'] ?? '').matchAll(/^ {2}([\w-]+) /gm)].map(([, name]) => name),
    said: {
      long: parts.long,
      examples: parts['Examples:'] ?? null,
      usage: usage.slice(words.length).trim(),
      flags: texts,
    },
    heads,
  };
}

function readAll(program) {
  const commands = {};
  const heads = {};
  const visit = (path) => {
    const { children, said, heads: own } = readCommand(program, path);
    commands[path.join(' ')] = said;
    heads[path.join(' ')] = own;
    for (const child of children) visit([...path, child]);
  };
  const root = print(program, ['--help']);
  const names = [...root.matchAll(/^ {2}([a-z][\w-]*) +\S.*$/gm)]
    .map(([, name]) => name)
    .filter((name) => name !== 'kubectl');
  for (const name of [...new Set(names)]) visit([name]);
  const { texts } = options(print(program, ['options']));
  commands[''] = { long: null, examples: null, usage: null, flags: texts };
  heads[''] = {};
  return { commands, heads };
}

const texts = [];
const numbers = new Map();
/** Texts stand once; the rest of the file names them by number. */
function number(text) {
  if (text === null || text === undefined) return text;
  const known = numbers.get(text);
  if (known !== undefined) return known;
  numbers.set(text, texts.length);
  return texts.push(text) - 1;
}

function numbered({ long, examples, usage, flags }) {
  const of = Object.fromEntries(Object.entries(flags).map(([name, text]) => [name, number(text)]));
  return { long: number(long), ...(examples === null ? {} : { examples: number(examples) }), usage, flags: of };
}

/** What of an older command is not as in the newer one. */
function difference(older, newer, olderHeads, newerHeads) {
  if (!older) return null;
  if (!newer) return { ...numbered(older), heads: olderHeads };
  const flags = {};
  const heads = {};
  for (const name of new Set([...Object.keys(older.flags), ...Object.keys(newer.flags)])) {
    if (older.flags[name] !== newer.flags[name]) flags[name] = number(older.flags[name] ?? null);
    if (older.flags[name] !== undefined && olderHeads[name] !== newerHeads[name]) heads[name] = olderHeads[name];
  }
  return {
    ...(older.long === newer.long ? {} : { long: number(older.long) }),
    ...(older.examples === newer.examples ? {} : { examples: number(older.examples) }),
    ...(older.usage === newer.usage ? {} : { usage: older.usage }),
    ...(Object.keys(flags).length > 0 ? { flags } : {}),
    ...(Object.keys(heads).length > 0 ? { heads } : {}),
  };
}

const [[, newest], ...olders] = process.argv.slice(2).map((word) => word.split('='));
let newer = readAll(newest);
const commands = Object.fromEntries(Object.entries(newer.commands).map(([path, said]) => [path, numbered(said)]));
const older = {};
for (const [minor, program] of olders) {
  const now = readAll(program);
  const paths = new Set([...Object.keys(newer.commands), ...Object.keys(now.commands)]);
  const rows = [...paths].map((path) => [
    path,
    difference(now.commands[path], newer.commands[path], now.heads[path], newer.heads[path] ?? {}),
  ]);
  older[minor] = Object.fromEntries(rows.filter(([, row]) => row === null || Object.keys(row).length > 0));
  newer = now;
}
writeFileSync(target, `${JSON.stringify({ texts, commands, older })}\n`);
console.log(`${target}: ${Object.keys(commands).length} commands, ${texts.length} texts`);
