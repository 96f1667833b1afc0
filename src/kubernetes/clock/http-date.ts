import { calendar, months, two, weekdays } from './calendar';

/** The `Date` header of HTTP for milliseconds since 1970: `Sat, 21 Nov 2026 07:52:01 GMT`. */
export function httpDate(epochMillis: number): string {
  const time = calendar(epochMillis);
  const clock = `${two(time.hour)}:${two(time.minute)}:${two(time.second)}`;
  return `${weekdays[time.weekday]}, ${two(time.day)} ${months[time.month - 1]} ${time.year} ${clock} GMT`;
}
