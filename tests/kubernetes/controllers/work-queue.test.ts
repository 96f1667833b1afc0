import { describe, expect, it } from 'vitest';
import { Clock } from '@/kubernetes/clock/clock';
import { type QueueTimer, WorkQueue } from '@/kubernetes/controllers/work-queue';

/** Runs the queue until nothing is left and says when each key was worked on. */
function run(fill: (queue: WorkQueue) => void, work?: (key: string, queue: WorkQueue, clock: Clock) => void) {
  const clock = new Clock(0);
  const queue = new WorkQueue(clock.timers<QueueTimer>('test'));
  const seen: [string, number][] = [];
  fill(queue);
  for (let timer = clock.take(); timer && seen.length < 30; timer = clock.take()) {
    const key = queue.take(timer.payload as QueueTimer);
    if (key === undefined) continue;
    seen.push([key, clock.now]);
    if (work) work(key, queue, clock);
    else queue.done(key, 0);
  }
  return seen;
}

describe('WorkQueue', () => {
  it('holds a key once', () => {
    expect(run((queue) => ['a', 'a', 'b', 'a'].forEach((key) => queue.add(key)))).toHaveLength(2);
  });

  it('backs off from 5 ms, doubling', () => {
    let failures = 0;
    const seen = run(
      (queue) => queue.add('a'),
      (key, queue) => {
        queue.done(key, 0);
        if (failures++ < 6) queue.addRateLimited(key);
      },
    );
    const gaps = seen.map(([, at], i) => at - (seen[i - 1]?.[1] ?? at));
    // One millisecond passes before a worker takes the key.
    expect(gaps).toEqual([0, 6, 11, 21, 41, 81, 161]);
  });

  it('keeps the shorter of two delays', () => {
    const seen = run((queue) => {
      queue.addAfter('a', 1000);
      queue.addAfter('a', 10);
      queue.addAfter('a', 500);
    });
    expect(seen).toEqual([['a', 11]]);
  });

  it('comes back for the next round as after a delay, unless the worker still rests', () => {
    const rounds = (busy: number) =>
      run(
        (queue) => queue.addRound('a', 50),
        (key, queue, clock) => {
          if (clock.now < 150) queue.addRound(key, 50);
          queue.done(key, busy);
        },
      ).map(([, at]) => at);
    expect(rounds(0)).toEqual([51, 102, 153]);
    // It is busy for 100 ms.
    expect(rounds(100)).toEqual([51, 151]);
  });

  it('forgets a round with everything else', () => {
    const clear = (queue: WorkQueue) => {
      queue.addRound('a', 50);
      queue.clear();
    };
    expect(run(clear)).toEqual([]);
  });

  it('counts the back-off from the answer to the last request', () => {
    let failures = 0;
    const seen = run(
      (queue) => queue.add('a'),
      (key, queue) => {
        queue.done(key, 5);
        if (failures++ < 2) queue.addRateLimited(key);
      },
    );
    expect(seen.map(([, at]) => at)).toEqual([1, 1 + 5 + 5 + 1, 12 + 5 + 10 + 1]);
  });

  it('keeps what is added while a worker has the key until the worker is done', () => {
    let turns = 0;
    const seen = run(
      (queue) => queue.add('a'),
      (key, queue) => {
        if (turns++ === 0) queue.add(key);
        queue.done(key, 15);
      },
    );
    expect(seen.map(([, at]) => at)).toEqual([1, 16]);
  });

  it('leaves a key alone for as long as the requests of its last sync take', () => {
    let again = true;
    const seen = run(
      (queue) => queue.add('a'),
      (key, queue) => {
        queue.done(key, 10);
        if (again) queue.add(key);
        again = false;
      },
    );
    expect((seen[1]?.[1] ?? 0) - (seen[0]?.[1] ?? 0)).toBe(10);
  });
});
