import { describe, expect, it } from 'vitest';
import { edited } from '@/shell/commands/sed-run';
import { parseScript } from '@/shell/commands/sed-script';

/** What GNU sed 4.9 prints for a script. Upstream: sed/execute.c, sed/compile.c. */
function sed(script: string, text: string, quiet = false): string {
  return edited(text, parseScript(script, 'basic'), quiet).text;
}

describe('sed', () => {
  it.each([
    [':a;N;$!ba;s/\\n/,/g', 'a\nb\nc\n', 'a,b,c\n'],
    ['1!G;h;$!d', 'one\ntwo\nthree\n', 'three\ntwo\none\n'],
    ['s/a/x/;t;s/$/!/', 'a\nb\n', 'x\nb!\n'],
    ['b end; s/a/b/; :end s/a/c/', 'a\n', 'c\n'],
    ['n;d', 'a\nb\nc\n', 'a\nc\n'],
    ['$!N; /^\\(.*\\)\\n\\1$/!P; D', 'a\na\nb\n', 'a\nb\n'],
    ['2,3c X', 'a\nb\nc\nd\n', 'a\nX\nd\n'],
    ['2,+1d', '1\n2\n3\n', '1\n'],
    ['2,~2d', '1\n2\n3\n4\n5\n', '1\n5\n'],
    ['0~2d', '1\n2\n3\n4\n', '1\n3\n'],
    ['0,/x/d', 'x\na\nx\n', 'a\nx\n'],
    ['/foo/s//baz/', 'foo\nbar\n', 'baz\nbar\n'],
    ['s/b*/x/g', 'abc\n', 'xaxcx\n'],
    ['s/a/b/2g', 'aaa\n', 'abb\n'],
    ['2Q', 'a\nb\nc\n', 'a\n'],
    ['l', 'tab\there\n', 'tab\\there$\ntab\there\n'],
  ])('%s', (script, text, printed) => {
    expect(sed(script, text)).toBe(printed);
  });

  it('prints only what it is told to with -n, and ends with the code of q', () => {
    expect(sed('H;${x;s/\\n/,/g;s/^,//;p}', 'a\nb\nc\n', true)).toBe('a,b,c\n');
    expect(sed('1~2p', '1\n2\n3\n', true)).toBe('1\n3\n');
    expect(edited('a\nb\nc\n', parseScript('2q5', 'basic'), false)).toEqual({ text: 'a\nb\n', code: 5 });
  });

  it('stops a script that goes round for ever, and says where one is wrong', () => {
    expect(edited('a\n', parseScript(':a;ba', 'basic'), false).endless).toBe(true);
    expect(() => parseScript('s/a', 'basic')).toThrow("char 3: unterminated `s' command");
    expect(() => parseScript('bx', 'basic')).toThrow("can't find label for jump to `x'");
  });
});
