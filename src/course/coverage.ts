import * as z from 'zod';
import type { Played } from './player';
import type { ScenarioFile } from './scenario-schema';

/** What a scenario says one of its commands shows. */
export type Claim = NonNullable<ScenarioFile['claims']>[number];

/** The form of content/coverage.yaml: by id, what is to be shown, or why it is shown elsewhere or cannot be. */
export const coverageSchema = z.record(
  z.string().regex(/^S\d-\d\d$/),
  z.union([z.string(), z.strictObject({ says: z.string(), why: z.string() })]),
);

/** What is wrong with a claim, in words; undefined when the transcript bears it out. */
export function refute(claim: Claim, transcript: readonly Played[]): string | undefined {
  const played = transcript.findLast((each) => written(each) === claim.at.trim());
  if (!played) return `the script has no line «${claim.at}»`;
  const output = played.stdout + played.stderr;
  const missing = claim.prints?.find((text) => !output.includes(text));
  if (missing !== undefined) return `«${claim.at}» does not print «${missing}» but\n${output}`;
  if (claim.matches !== undefined && !new RegExp(claim.matches, 'm').test(output)) {
    return `«${claim.at}» does not match ${claim.matches}:\n${output}`;
  }
  if (played.exitCode !== (claim.exit ?? 0)) return `«${claim.at}» ends with ${played.exitCode}:\n${output}`;
  return undefined;
}

function written({ place, command }: Played): string {
  return place === 'client' ? command : `@${place} ${command}`;
}
