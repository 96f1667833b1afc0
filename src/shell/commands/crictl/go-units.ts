import type { Millis } from '@/kubernetes/clock/clock';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `About a minute`, `3 hours`. Upstream: github.com/docker/go-units, duration.go `HumanDuration`. */
export function roughDuration(millis: Millis): string {
  const seconds = Math.floor(millis / 1000);
  if (seconds < 1) return 'Less than a second';
  if (seconds === 1) return '1 second';
  if (seconds < 60) return `${seconds} seconds`;
  const minutes = Math.floor(millis / MINUTE);
  if (minutes === 1) return 'About a minute';
  if (minutes < 60) return `${minutes} minutes`;
  const hours = Math.round(millis / HOUR);
  if (hours === 1) return 'About an hour';
  if (hours < 48) return `${hours} hours`;
  const days = Math.floor(hours / 24);
  if (days < 14) return `${days} days`;
  if (days < 60) return `${Math.floor(days / 7)} weeks`;
  if (days < 730) return `${Math.floor(days / 30)} months`;
  return `${Math.floor(millis / DAY / 365)} years`;
}

const sizes = ['B', 'kB', 'MB', 'GB', 'TB'];

/** Three digits of a number of bytes: `72MB`, `1.23GB`. Upstream: go-units, size.go `HumanSizeWithPrecision`. */
export function roughSize(bytes: number): string {
  let size = bytes;
  let unit = 0;
  while (size >= 1000 && unit < sizes.length - 1) {
    size /= 1000;
    unit++;
  }
  return `${Number(size.toPrecision(3))}${sizes[unit] ?? ''}`;
}
