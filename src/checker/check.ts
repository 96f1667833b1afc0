import { forecast } from './forecast-stage';
import { askServer, resultOf } from './server-answer';
import type { CheckResult } from './finding';
import type { CheckOptions } from './options';
import { atOnce } from './steps';

/**
 * What a cluster and a colleague would say to a manifest: the reading, the API server with its admission, the
 * components that would act on it, and advice. Never throws on bad input; the same text gives the same answer.
 */
export function check(text: string, options: CheckOptions): CheckResult {
  const answer = atOnce(askServer(text, options));
  return resultOf(answer, options, atOnce(forecast(answer, options)));
}
