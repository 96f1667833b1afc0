import { contest } from './contest';
import { corpus } from './corpus';

/** The check beside `yaml` + AJV over the same files, in this Node; call it from the root. */
export async function printContest(rounds = 5): Promise<void> {
  const { files, kilobytes, check, reading, afterReading, yamlAjv, large } = await contest(corpus('.', rounds));
  const ms = (value: number) => `${value.toFixed(3)} ms`;
  console.log(`\n${files} small manifests, ${kilobytes.toFixed(0)} KB, best of ${rounds} rounds:`);
  for (const [name, one] of Object.entries({ check, 'yaml + ajv': yamlAjv, reading, 'all but reading': afterReading }))
    console.log(
      `  ${name.padEnd(18)} ${one.filesPerSecond.toFixed(0)} files/s, median ${ms(one.median)}, p95 ${ms(one.p95)}`,
    );
  const ratio = check.filesPerSecond / yamlAjv.filesPerSecond;
  console.log(`  ${ratio.toFixed(2)} x the files per second of yaml + ajv (target 1.3 x)`);
  console.log(
    `${large.kilobytes.toFixed(0)} KB in one file: ${large.total.toFixed(0)} ms in ${large.slices} slices, the longest ${large.longestSlice.toFixed(0)} ms (target < 500 ms); yaml + ajv ${large.yamlAjv.toFixed(0)} ms`,
  );
}
