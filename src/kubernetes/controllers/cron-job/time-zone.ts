const formats = new Map<string, Intl.DateTimeFormat | undefined>();

/** Whether `zone` is one of the time zone database. */
export function isTimeZone(zone: string): boolean {
  return formatOf(zone) !== undefined;
}

/** How far the clocks of `zone` are ahead of UTC at a moment (both in milliseconds); 0 for a zone that is none. */
export function zoneOffset(zone: string, moment: number): number {
  const parts = formatOf(zone)?.formatToParts(moment) ?? [];
  const text = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign, hours = '0', minutes = '0', seconds = '0'] = /^GMT([+-])(\d+)(?::(\d+))?(?::(\d+))?$/.exec(text) ?? [];
  const size = 1000 * (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds));
  return sign === '-' ? -size : size;
}

/** The tables of the language's own time zone database: the same moment gives the same text everywhere. */
function formatOf(zone: string): Intl.DateTimeFormat | undefined {
  if (!formats.has(zone)) {
    let format: Intl.DateTimeFormat | undefined;
    try {
      format = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' });
    } catch {
      format = undefined; // RangeError: there is no such zone
    }
    formats.set(zone, format);
  }
  return formats.get(zone);
}
