import { contestInChromium } from './chromium';
import { contest, type ContestResult } from './contest';
import { corpus } from './corpus';

/** The check beside `yaml` + AJV over the same files, in this Node and in Chromium; call it from the root. */
export async function printContest(rounds = 5): Promise<void> {
  const input = corpus('.', rounds);
  print(`Node ${process.version}`, rounds, await contest(input));
  const other = await contestInChromium(input);
  if (other) print(`Chromium ${other.version}`, rounds, other.result);
  else console.log('\nno Chromium here: npx playwright install chromium');
}

function print(where: string, rounds: number, { files, kilobytes, perFile, afterReading, large }: ContestResult): void {
  const ms = (value: number) => `${value.toFixed(3)} ms`;
  console.log(`\n${where}: ${files} small manifests, ${kilobytes.toFixed(0)} KB, best of ${rounds} rounds`);
  const rows = {
    'yaml + ajv': perFile.yamlAjv,
    "the server's answer": perFile.answer,
    'of it: reading': perFile.reading,
    'of it: the rest': afterReading,
    'the whole check': perFile.check,
  };
  for (const [name, one] of Object.entries(rows))
    console.log(
      `  ${name.padEnd(20)} ${one.filesPerSecond.toFixed(0).padStart(6)} files/s, median ${ms(one.median)}, p95 ${ms(one.p95)}`,
    );
  const ratio = (one: { filesPerSecond: number }) =>
    `${(one.filesPerSecond / perFile.yamlAjv.filesPerSecond).toFixed(2)} x`;
  console.log(
    `  the server's answer has ${ratio(perFile.answer)}, the whole check ${ratio(perFile.check)} the files per second of yaml + ajv (target 1.3 x); the rest should cost less than the reading`,
  );
  console.log(
    `  ${large.kilobytes.toFixed(0)} KB in one file: ${large.total.toFixed(0)} ms in ${large.slices} slices, the longest ${large.longestSlice.toFixed(0)} ms (target < 500 ms); yaml + ajv ${large.yamlAjv.toFixed(0)} ms`,
  );
}
