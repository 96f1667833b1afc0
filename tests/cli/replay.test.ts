import { describe, expect, it } from 'vitest';
import { Timeline } from '@/cli/replay/timeline';
import { Cluster } from '@/kubernetes/cluster';
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

describe('the story of a session', () => {
  it('counts what the scheduler counts in a series', () => {
    const cluster = new Cluster({ name: 'story', nodes: [] });
    const timeline = new Timeline(cluster, 0);
    const event = {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name: 'web.1', namespace: 'default' },
      involvedObject: { kind: 'Pod', name: 'web', namespace: 'default' },
      type: 'Warning',
      reason: 'FailedScheduling',
      reportingComponent: 'default-scheduler',
      message: 'no',
    };
    const client = cluster.client();
    client.create('events', event);
    client.patch('events', 'default', 'web.1', {
      series: { count: 2, lastObservedTime: '2026-11-21T08:00:00.000000Z' },
    });
    expect(timeline.entries.map(({ summary }) => summary)).toEqual([
      'Pod/web Warning FailedScheduling default-scheduler: no',
      'Pod/web Warning FailedScheduling default-scheduler: no (x2)',
    ]);
  });
});
