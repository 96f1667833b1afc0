import { type Builtins, number, plain, text } from '../builtin';
import { fail } from '../values';

/** Most numbers that one call makes. */
const most = 100_000;

/** Numbers and moments. */
export const numbers: Builtins = {
  'floor/0': plain((value) => Math.floor(number(value))),
  'ceil/0': plain((value) => Math.ceil(number(value))),
  'round/0': plain((value) => Math.round(number(value))),
  'sqrt/0': plain((value) => Math.sqrt(number(value))),
  'fabs/0': plain((value) => Math.abs(number(value))),
  'pow/2': plain((_value, a = 0, b = 0) => number(a) ** number(b)),
  'log/0': plain((value) => Math.log(number(value))),
  'infinite/0': plain(() => Number.MAX_VALUE),
  'range/3': function* ({ machine, input: [value], scope, args: [from, to, by] }) {
    if (!from || !to || !by) return;
    for (const [a] of machine.each(from, [value], scope))
      for (const [b] of machine.each(to, [value], scope))
        for (const [c] of machine.each(by, [value], scope)) {
          const [start, end, step] = [number(a), number(b), number(c)];
          let count = 0;
          for (let i = start; step > 0 ? i < end : step < 0 && i > end; i += step) {
            if (++count > most) fail(`range: not simulated: more than ${most} numbers`);
            yield [i];
          }
        }
  },
  'now/0': function* ({ machine }) {
    yield [machine.now / 1000];
  },
  'fromdateiso8601/0': plain((value) => {
    const found = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)Z$/.exec(text(value, 'cannot be parsed as a date'));
    if (!found) return fail(`date "${String(value)}" does not match format "%Y-%m-%dT%H:%M:%SZ"`);
    const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = found.slice(1).map(Number);
    return daysBefore(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second;
  }),
};

/** Days from 1970 to a date of the Gregorian calendar. */
function daysBefore(year: number, month: number, day: number): number {
  const y = month > 2 ? year : year - 1;
  const era = Math.floor(y / 400);
  const ofYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const ofEra = y - era * 400;
  return era * 146_097 + ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear - 719_468;
}
