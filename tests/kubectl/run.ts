import { expect } from 'vitest';
import { kubectl } from '@/kubectl/kubectl';
import { Cluster } from '@/kubernetes/cluster';

/** Words of a command line, stdout, stderr, exit code. */
export type Answer = readonly [args: readonly string[], stdout: string, stderr: string, code: number];

/** What a command printed, and its exit code. */
export interface Printed {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number;
}

/** The client machine: its files by name (what is written and removed changes the Map), and what the shell hands on. */
export interface ClientMachine {
  readonly files?: Map<string, string>;
  readonly environment?: Readonly<Record<string, string>>;
  readonly stdin?: string;
}

/** Runs one kubectl command to its end on a cluster as it stands. */
export function kubectlOn(
  server: Cluster,
  args: readonly string[],
  { files = new Map(), environment = {}, stdin = '' }: ClientMachine = {},
): Printed {
  let [stdout, stderr] = ['', ''];
  const code = server.run(
    kubectl(args, {
      cluster: server,
      files: {
        read: (path) => files.get(path),
        write: (path, text) => void files.set(path, text),
        list: (path) => (path === '.' && files.size > 0 ? [...files.keys()] : undefined),
        remove: (path) => files.delete(path),
      },
      environment: new Map(Object.entries(environment)),
      stdin,
      stdout: (text) => (stdout += text),
      stderr: (text) => (stderr += text),
    }),
  );
  return { stdout, stderr, code };
}

/** A cluster without nodes and controllers that has got a manifest, and kubectl with the files that are given (a Map takes what is written). */
export function cluster(
  manifest?: string,
  given: Readonly<Record<string, string>> | Map<string, string> = {},
  environment: Readonly<Record<string, string>> = {},
) {
  const server = new Cluster({ name: 'test', nodes: [], without: ['kube-scheduler', 'kube-controller-manager'] });
  server.advance(5000);
  const files = given instanceof Map ? given : new Map(Object.entries(given));
  const run = (args: readonly string[], stdin = '') => kubectlOn(server, args, { files, environment, stdin });
  if (manifest !== undefined) expect(run(['apply', '-f', '-'], manifest).stderr).toBe('');
  return run;
}

/** Each command line on a fresh cluster. */
export function expectAnswers(manifest: string | undefined, answers: readonly Answer[]): void {
  for (const [args, stdout, stderr, code] of answers) {
    expect({ args, ...cluster(manifest)(args) }).toEqual({ args, stdout, stderr, code });
  }
}
