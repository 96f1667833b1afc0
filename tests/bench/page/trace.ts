import type { CDPSession, Page } from 'playwright';

/** A stretch of work on a thread, as Chromium records it. Times in microseconds; `t…`: by the thread's own clock. */
export interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly tts?: number;
  readonly tdur?: number;
  readonly args: { readonly name?: string; readonly data?: { readonly type?: string } };
}

const categories = 'devtools.timeline,disabled-by-default-devtools.timeline,toplevel,blink.user_timing';

/** What a script does by itself, with the layout that it asks for on the way. */
const script = new Set([
  'EvaluateScript',
  'EventDispatch',
  'FireAnimationFrame',
  'FireIdleCallback',
  'FunctionCall',
  'HandlePostMessage',
  'RunMicrotasks',
  'TimerFire',
]);

/** Does something while Chromium records what the threads are at. */
export async function traced(page: Page, work: () => Promise<unknown>): Promise<readonly TraceEvent[]> {
  const session = await page.context().newCDPSession(page);
  const events: TraceEvent[] = [];
  // The protocol's own type says no more than that these are objects.
  session.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  await session.send('Tracing.start', { categories, transferMode: 'ReportEvents' });
  await work();
  await ended(session);
  return events;
}

async function ended(session: CDPSession): Promise<void> {
  const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
  await session.send('Tracing.end');
  await complete;
  await session.detach();
}

/** The page's thread: that on which an event of the document was handed on, or a mark was made. */
export function pageThread(events: readonly TraceEvent[], sign: (event: TraceEvent) => boolean): TraceEvent[] {
  const found = events.find(sign);
  return found ? events.filter(({ pid, tid }) => pid === found.pid && tid === found.tid) : [];
}

/** Milliseconds of script on a thread, by its own clock: what other processes take meanwhile does not count. */
export function scriptTime(thread: readonly TraceEvent[], from: number, to = Infinity): number {
  return covered(thread.filter(({ name, ts }) => script.has(name) && ts >= from && ts <= to));
}

/** Milliseconds of the longest tasks of a thread, longest first. */
export function tasks(thread: readonly TraceEvent[]): number[] {
  return thread
    .filter(({ name, ph }) => name === 'RunTask' && ph === 'X')
    .map(({ tdur = 0 }) => tdur / 1000)
    .sort((a, b) => b - a);
}

/** Some of the stretches stand inside others: each moment counts once. */
function covered(events: readonly TraceEvent[]): number {
  const stretches = events
    .flatMap(({ ph, tts, tdur = 0 }) => (ph === 'X' && tts !== undefined ? [[tts, tts + tdur] as const] : []))
    .sort(([a], [b]) => a - b);
  let total = 0;
  let end = -Infinity;
  for (const [from, to] of stretches) {
    if (to <= end) continue;
    total += to - Math.max(from, end);
    end = to;
  }
  return total / 1000;
}
