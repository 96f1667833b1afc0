const binary = ['', 'K', 'M', 'G', 'T'];

/** `10M`, `1.5G`, `64k`, `2MB`, `3xM` of dd left aside; undefined when it is no size. A unit with B counts in thousands. */
export function bytesOf(text: string): number | undefined {
  const [, number, unit = '', thousands] = /^(\d+(?:\.\d+)?)([kKMGTcwb]?)(i?B)?$/.exec(text) ?? [];
  if (number === undefined) return undefined;
  const plainUnits: Readonly<Record<string, number>> = { c: 1, w: 2, b: 512 };
  const step = thousands === 'B' ? 1000 : 1024;
  return Math.floor(Number(number) * (plainUnits[unit] ?? step ** binary.indexOf(unit.toUpperCase())));
}

/** As `df -h` and `du -h` of GNU print it: rounded up, one digit after the point below ten. */
export function roundedUp(bytes: number): string {
  return scaled(
    bytes,
    1024,
    (value) => (value < 10 ? (Math.ceil(value * 10) / 10).toFixed(1) : String(Math.ceil(value))),
    binary,
  );
}

/** As busybox prints it: to the nearest tenth. */
export function tenths(bytes: number): string {
  return scaled(bytes, 1024, (value) => value.toFixed(1), binary);
}

/** As `free -h` prints it: `7.8Gi`, `512Mi`, `0B`. */
export function withUnit(bytes: number): string {
  const text = scaled(bytes, 1024, (value) => (value < 10 ? value.toFixed(1) : String(Math.floor(value))), binary);
  return `${text}${/\d$/.test(text) ? 'B' : 'i'}`;
}

/** As GNU's dd prints it: `10 MB, 10 MiB`. */
export function bothWays(bytes: number): string {
  const nearest = (value: number) => (value < 9.95 ? value.toFixed(1) : String(Math.round(value)));
  const decimal = scaled(bytes, 1000, nearest, [' B', ' kB', ' MB', ' GB', ' TB']);
  return bytes < 1024 ? decimal : `${decimal}, ${scaled(bytes, 1024, nearest, [' B', ' KiB', ' MiB', ' GiB', ' TiB'])}`;
}

function scaled(bytes: number, step: number, print: (value: number) => string, units: readonly string[]): string {
  let [value, unit] = [bytes, 0];
  while (value >= step && unit < units.length - 1) [value, unit] = [value / step, unit + 1];
  return `${unit === 0 ? value : print(value)}${units[unit] ?? ''}`;
}
