import { fromBase64Url, toBase64Url } from './base64url';
import { inflate, deflate } from './deflate';
import { plainScenario, readScenario } from './read-scenario';
import type { Scenario } from './scenario';

/** The form of today's links. A link says its own form first, so that old ones can be read for ever. */
const version = 1;

/** What a link holds after `#`, before the packed scenario: `#scenario=1.eJx…` */
const key = 'scenario';

/** Characters that every browser, chat and mail program of today passes on whole. */
export const longestLink = 32_000;

/** Why a link cannot be opened. */
export type LinkFault = 'damaged' | 'newer';

/** The fragment of a link to a scenario. */
export async function scenarioFragment(scenario: Scenario): Promise<string> {
  return `#${key}=${version}.${toBase64Url(await deflate(JSON.stringify(plainScenario(scenario))))}`;
}

/** The fragment of a link to one manifest on a fresh cluster, with nothing done yet. */
export function manifestFragment(world: string, text: string): Promise<string> {
  const name = 'manifest.yaml';
  const workspace = { files: [{ name, text }], current: name };
  return scenarioFragment({ world, seed: 1, workspace, actions: [], until: 0 });
}

/**
 * Reads a fragment: undefined when it is no link to a scenario. A link that was cut or changed is `damaged` (its packing
 * carries a check sum); `newer` was made by a later release than this one.
 */
export async function readFragment(fragment: string): Promise<Scenario | LinkFault | undefined> {
  const match = new RegExp(`^#?${key}=(.*)$`, 's').exec(fragment);
  if (!match) return undefined;
  const [, form, packed = ''] = /^(\d+)\.(.*)$/s.exec(match[1] ?? '') ?? [];
  if (form === undefined) return 'damaged';
  if (Number(form) > version) return 'newer';
  if (Number(form) < 1) return 'damaged';
  try {
    return readScenario(JSON.parse(await inflate(fromBase64Url(packed)))) ?? 'damaged';
  } catch {
    // Not the alphabet, not the packing, a wrong check sum, not JSON: to the reader it is one thing.
    return 'damaged';
  }
}

/** The text of a scenario file, for what is too large for a link. */
export function scenarioFile(scenario: Scenario): string {
  return `${JSON.stringify({ portbound: version, ...plainScenario(scenario) }, undefined, 2)}\n`;
}

/** Reads a scenario file. */
export function readScenarioFile(text: string): Scenario | LinkFault {
  try {
    const value: unknown = JSON.parse(text);
    const form = typeof value === 'object' && value !== null && 'portbound' in value ? value.portbound : undefined;
    if (typeof form === 'number' && form > version) return 'newer';
    return (form === version ? readScenario(value) : undefined) ?? 'damaged';
  } catch {
    return 'damaged';
  }
}
