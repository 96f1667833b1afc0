import { expect, it } from 'vitest';
import { jsonError } from '@/kubernetes/api/core/json-error';

// Go: src/encoding/json/scanner.go
it.each([
  ['', 'unexpected end of JSON input'],
  ['80a', "invalid character 'a' after top-level value"],
  ['false?', "invalid character '?' after top-level value"],
  ['fun', "invalid character 'u' in literal false (expecting 'a')"],
  ['{"a" 1}', "invalid character '1' after object key"],
  ['{"a":1 "b"}', "invalid character '\"' after object key:value pair"],
  ['[1 2]', "invalid character '2' after array element"],
  ['-x', "invalid character 'x' in numeric literal"],
  ['1.x', "invalid character 'x' after decimal point in numeric literal"],
  ['"\\q"', "invalid character 'q' in string escape code"],
  ['[]', 'json: cannot unmarshal array into Go value of type map[string]interface {}'],
])('what Go says to the JSON %j', (text, why) => {
  expect(jsonError(text)).toBe(why);
});
