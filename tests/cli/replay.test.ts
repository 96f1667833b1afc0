import { describe, expect, it } from 'vitest';
import { portbound } from './terminal';

const pod = 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec: {containers: []}\n';
const message = 'Pod "a" is invalid: spec.containers: Required value';
const causes = [{ reason: 'FieldValueRequired', message: 'Required value', field: 'spec.containers' }];
const status = { reason: 'Invalid', message, details: { name: 'a', kind: 'Pod', causes } };
const good = { id: 'one', about: '', manifest: pod, response: { code: 422, warnings: [], status } };
const wrong = { ...good, id: 'two', response: { code: 201, warnings: [] } };

describe('replay', () => {
  it('counts what passed and failed, and says where a case differs', async () => {
    const file = `${JSON.stringify(good)}\n${JSON.stringify(wrong)}\n`;
    const { stdout, exitCode } = await portbound(['replay', 'x.jsonl'], { 'x.jsonl': file });
    expect(stdout).toMatch(/^two\n {4}\S/);
    expect(stdout).toMatch(/\n1 passed, 1 failed\n$/);
    expect(exitCode).toBe(1);
  });

  it('prints a line per case as JSON', async () => {
    const { stdout } = await portbound(['replay', 'x.json', '--format', 'jsonl'], { 'x.json': JSON.stringify(good) });
    const line = JSON.parse(stdout);
    expect(line).toMatchObject({ id: 'one', equal: true, differences: [] });
    expect(line.got).toMatchObject({ code: 422 });
  });

  it('counts a recording of an unknown kind as failed', async () => {
    const { stdout } = await portbound(['replay', 'x.json'], { 'x.json': '{"id":"x","weather":"fine"}' });
    expect(stdout).toBe('x\n    this is no recording of a known kind\n0 passed, 1 failed\n');
  });
});
