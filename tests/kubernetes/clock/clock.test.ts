import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calendar, epochMillis, isoSeconds, isoSecondsAt, parseRfc3339 } from '@/kubernetes/clock/calendar';
import { Clock } from '@/kubernetes/clock/clock';
import { Revisions, VersionedMap } from '@/kubernetes/clock/history';
import { Random } from '@/kubernetes/clock/random';

describe('Clock', () => {
  it('writes every moment as the calendar splits it, before 1970 too', () => {
    fc.assert(
      fc.property(fc.integer({ min: -4e12, max: 4e12 }), (millis) => {
        const time = calendar(millis);
        expect(isoSecondsAt(millis)).toBe(isoSeconds(time));
        const fraction = String(time.millisecond).padStart(3, '0');
        expect(new Clock(millis).microTimestamp()).toBe(`${isoSeconds(time)}.${fraction}000Z`);
      }),
    );
  });

  it('fires timers by time, and equal times in the order they were asked for', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(50)), (delays) => {
        const clock = new Clock(0);
        const timers = clock.timers<number>('one');
        delays.forEach((delay, i) => timers.after(delay, i));
        const fired: [number, number][] = [];
        for (let timer = clock.take(); timer; timer = clock.take()) fired.push([timer.at, Number(timer.payload)]);
        const wanted = delays
          .map((delay, i): [number, number] => [delay, i])
          .sort((a, b) => a[0] - b[0] || a[1] - b[1]);
        expect(fired).toEqual(wanted);
      }),
    );
  });

  it('never fires a cancelled timer', () => {
    const clock = new Clock(0);
    const timers = clock.timers<string>('one');
    const id = timers.after(5, 'no');
    timers.after(9, 'yes');
    timers.cancel(id);
    expect(clock.take()?.payload).toBe('yes');
    expect(clock.take()).toBeUndefined();
    expect(clock.now).toBe(9);
  });

  it('writes times as the API does', () => {
    const clock = new Clock(epochMillis(2026, 11, 21, 7, 51, 56));
    expect(clock.timestamp(1999)).toBe('2026-11-21T07:51:57Z');
    expect(clock.microTimestamp(1999)).toBe('2026-11-21T07:51:57.999000Z');
    expect(clock.parse('2026-11-21T07:52:00Z')).toBe(4000);
    expect(clock.parse('yesterday')).toBeUndefined();
  });
});

describe('calendar', () => {
  it('agrees with the platform calendar for every date', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1900-01-01'), max: new Date('2200-01-01'), noInvalidDate: true }),
        (date) => {
          const parts = calendar(date.getTime());
          expect(isoSeconds(parts)).toBe(date.toISOString().slice(0, 19));
          expect(parts.weekday).toBe(date.getUTCDay());
          expect(parseRfc3339(date.toISOString())).toBe(date.getTime());
        },
      ),
    );
  });

  it('reads offsets', () => {
    expect(parseRfc3339('2026-01-01T02:00:00+02:00')).toBe(epochMillis(2026, 1, 1));
  });
});

describe('Random', () => {
  it('draws the same from one name, whatever was drawn elsewhere', () => {
    const random = new Random(7);
    const first = random.stream('name/web-').text(5, 'abcdef');
    random.stream('other').next();
    expect(random.stream('name/web-').text(5, 'abcdef')).toBe(first);
    expect(new Random(8).stream('name/web-').text(5, 'abcdef')).not.toBe(first);
  });
});

describe('VersionedMap', () => {
  it('reads any revision as it was', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.option(fc.nat(9), { nil: undefined }))),
        (writes) => {
          const revisions = new Revisions();
          const map = new VersionedMap<number>();
          const model = new Map<string, number>();
          const states: ReadonlyMap<string, number>[] = [new Map()];
          writes.forEach(([key, value], i) => {
            map.set(key, value, revisions.advance(i * 10));
            if (value === undefined) model.delete(key);
            else model.set(key, value);
            states.push(new Map(model));
          });
          states.forEach((state, revision) => {
            for (const key of ['a', 'b', 'c']) expect(map.get(key, revision)).toBe(state.get(key));
            expect(new Map(map.entries(revision))).toEqual(state);
          });
          writes.forEach((_, i) => expect(revisions.at(i * 10 + 5)).toBe(i + 1));
        },
      ),
    );
  });
});

// internal/runtime/maps/table.go `Iter.Next`, measured with go1.26: a map of two comes as it was filled seven times in eight
describe('the order of a Go map', () => {
  const orders = (items: readonly string[]) => {
    const counts = new Map<string, number>();
    for (let seed = 0; seed < 2000; seed++) {
      const order = new Random(seed).stream('map').mapOrder(items).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    return counts;
  };

  it('is that of the entries, begun at one of eight places', () => {
    const three = orders(['a', 'b', 'c']);
    expect([...three.keys()].sort()).toEqual(['abc', 'bca', 'cab']);
    expect((three.get('abc') ?? 0) / 2000).toBeCloseTo(6 / 8, 1);
    expect((orders(['a', 'b']).get('ab') ?? 0) / 2000).toBeCloseTo(7 / 8, 1);
  });

  it('is any for a map of more', () => {
    expect(orders([...'abcdefghi']).size).toBeGreaterThan(1900);
  });
});
