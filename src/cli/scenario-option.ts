import { findScenario, type Scenario, scenarioNames } from '@/course/scenarios';
import { UsageError } from './usage-error';

/** A scenario of the course by its name. */
export function namedScenario(name: string): Scenario {
  const scenario = findScenario(name);
  if (!scenario)
    throw new UsageError(`there is no scenario ${JSON.stringify(name)}: one of ${scenarioNames.join(', ')}`);
  return scenario;
}
