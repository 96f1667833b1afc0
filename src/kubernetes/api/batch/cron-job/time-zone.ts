// Upstream: pkg/apis/batch/validation/validation.go `validateTimeZone`, Go's time.LoadLocation

const part = /^(?!\.{1,2}$|-)[A-Za-z._0-9+-]{1,14}$/;

/** What is wrong with the name of a time zone. The zones known are those of the JavaScript engine. */
export function timeZoneErrors(zone: string): string[] {
  if (zone === '') return ['timeZone must be nil or non-empty string'];
  const unknown = `unknown time zone ${zone}`;
  if (!zone.split('/').every((one) => part.test(one))) return [unknown];
  const errors: string[] = [];
  if (zone.toLowerCase() === 'local') {
    errors.push('timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones');
  }
  if (zone.includes('..')) errors.push('time: invalid location name');
  else if (zone !== 'Local' && !isKnown(zone)) errors.push(unknown);
  return errors;
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
