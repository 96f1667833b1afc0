import { describe, expect, test } from 'vitest';
import { factsMarkdown, hintLabel, hintMarkdown } from '@/playground/editor/language-words';
import { en } from '@/playground/strings';

const position = { line: 0, character: 0 };

describe('the words beside a text', () => {
  test('name what matters and count the rest', () => {
    const fields = [
      { text: 'protocol: TCP', where: 'object', notable: true },
      { text: 'hostPort: 80', where: 'pod', notable: true },
      { text: 'terminationMessagePolicy: File', where: 'object', notable: false },
    ] as const;
    expect(hintLabel({ position, fields }, en.editor)).toBe('protocol: TCP · hostPort: 80 (in the Pod) · +1');
    expect(hintLabel({ position, fields: fields.slice(2) }, en.editor)).toBeUndefined();
    expect(hintMarkdown({ position, fields }, en.editor)).toContain('```yaml\nhostPort: 80\n```');
  });

  test('cut an object short where it hangs in the line', () => {
    const text = 'strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 25%}}';
    expect(hintLabel({ position, fields: [{ text, where: 'object', notable: true }] }, en.editor)).toBe(
      'strategy: {type: RollingUpdate, r…',
    );
  });

  test('keep what the documentation says from being read as markup', () => {
    const range = { start: position, end: position };
    const facts = { range, title: 'Pod.spec', type: '[]Container', required: true, enum: [], adds: [] };
    const [head, text] = factsMarkdown(facts, 'Use `a_b` or *x* <y>.', en.editor);
    expect(head?.value).toBe('`Pod.spec` · *\\[\\]Container* · **required**');
    expect(text?.value).toBe('Use `a_b` or \\*x\\* \\<y\\>.');
  });
});
