import { calendar, isoSeconds, two } from '../clock/calendar';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** The ways in which programs write the time, by the name that templates use: `${time.nginx}`. */
export function times(epochMillis: number): Record<string, string> {
  const t = calendar(epochMillis);
  const clock = `${two(t.hour)}:${two(t.minute)}:${two(t.second)}`;
  const month = months[t.month - 1] ?? '';
  const fraction = String(t.millisecond).padStart(3, '0');
  return {
    'time.nginx': `${t.year}/${two(t.month)}/${two(t.day)} ${clock}`,
    'time.clf': `${two(t.day)}/${month}/${t.year}:${clock} +0000`,
    'time.redis': `${two(t.day)} ${month} ${t.year} ${clock}.${fraction}`,
    'time.apache': `${weekdays[t.weekday] ?? ''} ${month} ${two(t.day)} ${clock}.${fraction}000 ${t.year}`,
    'time.http': `${weekdays[t.weekday] ?? ''}, ${two(t.day)} ${month} ${t.year} ${clock} GMT`,
    'time.date': `${weekdays[t.weekday] ?? ''} ${month} ${String(t.day).padStart(2)} ${clock} UTC ${t.year}`,
    'time.iso': `${isoSeconds(t)}.${fraction}Z`,
    'time.isoSeconds': `${isoSeconds(t)}Z`,
  };
}

/** Fills `${name}` in. A name that nothing stands for is left as it is, so that a typo in an image file shows. */
export function fill(template: string, ...values: readonly Readonly<Record<string, string>>[]): string {
  return template.replace(/\$\{([\w.]+)\}/g, (whole, name: string) => {
    for (const table of values) if (table[name] !== undefined) return table[name];
    return whole;
  });
}
