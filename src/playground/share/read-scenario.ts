import { nameFault, type OpenFile } from '../files/workspace';
import type { Scenario, TimedAction } from './scenario';

/** The most that a scenario may ask of the reader's machine. */
const most = { files: 100, actions: 5_000, time: 24 * 3_600_000 };

/** A value from outside as a scenario; undefined when it is none, or asks for more than a page can play. */
export function readScenario(value: unknown): Scenario | undefined {
  if (!isRecord(value)) return undefined;
  const { world, own, seed, files, current, actions, until } = value;
  if (typeof world !== 'string' || !isTime(until) || !Array.isArray(files) || !Array.isArray(actions)) return undefined;
  if (typeof seed !== 'number' || !Number.isSafeInteger(seed)) return undefined;
  if (files.length === 0 || files.length > most.files || actions.length > most.actions) return undefined;
  const open = files.map(readFile);
  const done = actions.map(readAction);
  if (!open.every((file) => file !== undefined) || !done.every((action) => action !== undefined)) return undefined;
  if (open.some((file, i) => nameFault(file.name, namesBefore(open, i)))) return undefined;
  if (done.some((action, i) => action.at < (done[i - 1]?.at ?? 0) || action.at > until)) return undefined;
  const seen = open.find((file) => file.name === current) ?? open[0];
  const workspace = { files: open, current: seen?.name ?? '' };
  return { world, ...(own === undefined ? {} : { own }), seed, workspace, actions: done, until };
}

/** A scenario as the plain value that `readScenario` takes back. */
export function plainScenario({ world, own, seed, workspace, actions, until }: Scenario): Record<string, unknown> {
  return { world, own, seed, files: workspace.files, current: workspace.current, actions, until };
}

function readFile(value: unknown): OpenFile | undefined {
  if (!isRecord(value) || typeof value.name !== 'string' || typeof value.text !== 'string') return undefined;
  return { name: value.name, text: value.text };
}

function readAction(value: unknown): TimedAction | undefined {
  if (!isRecord(value) || !isTime(value.at)) return undefined;
  const { at, kind, file, text, place, line, saved, open } = value;
  if (kind === 'apply' && typeof file === 'string' && typeof text === 'string') return { at, kind, file, text };
  if (kind === 'interrupt' && typeof place === 'string') return { at, kind, place };
  if (kind === 'edited' && typeof place === 'string' && typeof text === 'string') return { at, kind, place, text };
  if (kind !== 'run' || typeof place !== 'string' || typeof line !== 'string') return undefined;
  const run = { at, kind, place, line, ...(open === true ? { open } : {}) } as const;
  if (saved === undefined) return run;
  return isTexts(saved) ? { ...run, saved } : undefined;
}

function namesBefore(files: readonly OpenFile[], end: number): string[] {
  return files.slice(0, end).map((file) => file.name);
}

function isTime(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value <= most.time;
}

function isTexts(value: unknown): value is Record<string, string> {
  return isRecord(value) && Object.values(value).every((text) => typeof text === 'string');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
