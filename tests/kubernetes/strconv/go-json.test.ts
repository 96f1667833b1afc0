import { describe, expect, it } from 'vitest';
import { byCodePoint, goJson, goStructJson } from '@/kubernetes/strconv/go-json';

describe('JSON as Go writes it', () => {
  it('sorts the keys of maps, numbers among them, and keeps those of structs', () => {
    const value = { b: 1, 10: 'ten', 9: 'nine', a: undefined };
    expect(goJson(value)).toBe('{"10":"ten","9":"nine","b":1}');
    expect(goStructJson({ b: 1, a: { d: 1, c: 2 } })).toBe('{"b":1,"a":{"d":1,"c":2}}');
  });

  it('escapes what HTML would take for its own and indents by levels', () => {
    expect(goJson({ text: '<a&b>' })).toBe('{"text":"\\u003ca\\u0026b\\u003e"}');
    expect(goJson({ list: [1, { a: 1e21 }], none: [] }, 2)).toBe(
      '{\n  "list": [\n    1,\n    {\n      "a": 1e+21\n    }\n  ],\n  "none": []\n}',
    );
  });

  // Bytes of UTF-8: U+FF21 comes before U+1F600, whose first half as UTF-16 is smaller.
  it('puts texts in the order of their bytes', () => {
    expect(['\u{1f600}', '\uff21', 'a', 'ab', ''].sort(byCodePoint)).toEqual(['', 'a', 'ab', '\uff21', '\u{1f600}']);
  });
});
