// Upstream: pkg/apis/batch/validation/validation.go `validateTimeZone`, Go's time.LoadLocation

/** What is wrong with the name of a time zone. The zones known are those of the JavaScript engine. */
export function timeZoneError(zone: string): string | undefined {
  if (zone === '') return 'timeZone must be nil or non-empty string';
  if (zone.toLowerCase() === 'local') {
    return 'timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones';
  }
  if (zone.includes('..') || zone.startsWith('/') || zone.startsWith('\\')) return 'time: invalid location name';
  return isKnown(zone) ? undefined : `unknown time zone ${zone}`;
}

/** Go looks for a file of that name, so an offset (`+01:00`) is none and capitals count. */
function isKnown(zone: string): boolean {
  if (zone === 'UTC') return true;
  if (!/^[A-Z][A-Za-z0-9_+-]*(\/[A-Z][A-Za-z0-9_+-]*)*$/.test(zone)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
