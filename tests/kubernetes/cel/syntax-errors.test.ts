import { expect, it } from 'vitest';
import { compile } from '@/kubernetes/cel/program';
import { CelError } from '@/kubernetes/cel/source';

// cel-go: common/error.go `ToDisplayString`
it('an expression is marked below the wide characters in it', () => {
  const error = (source: string, offset: number) => new CelError(source, [{ offset, text: 'no' }]).message;
  expect(error('über', 0)).toBe('ERROR: <input>:1:1: no\n | über\n | ＾');
  expect(error('über', 1)).toBe('ERROR: <input>:1:2: no\n | über\n | ．^');
  expect(error('', 0)).toBe('ERROR: <input>:1:0: no');
});

// antlr4: DefaultErrorStrategy `singleTokenDeletion`
it('one token too many in an expression is called so', () => {
  expect(() => compile('/x', new Map())).toThrow(/^ERROR: <input>:1:1: Syntax error: extraneous input '\/' expecting/);
  expect(() => compile('/', new Map())).toThrow(/^ERROR: <input>:1:1: Syntax error: mismatched input '\/' expecting/);
  expect(() => compile('a..b', new Map())).toThrow(
    /^ERROR: <input>:1:3: Syntax error: no viable alternative at input '\.\.'/,
  );
});
