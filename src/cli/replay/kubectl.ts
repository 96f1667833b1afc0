import { Cluster } from '@/kubernetes/cluster';
import type { WorldFile } from '@/kubernetes/world';
import type { FileSystem } from '@/kubectl/command';
import { parsePlace } from '@/shell/place';
import { runLine } from '@/shell/interpreter';
import { Session } from '@/shell/session';
import { Masks } from './masks';
import { minorOf } from './minor';
import type { Recording, Replayer } from './recording';

interface Step {
  readonly command: string;
  readonly stdout: string;
  readonly stderr: string;
  readonly exit_code: number;
}

const folder = '/case';

/** tests/conformance/kubectl/README.md: an API server and its user, no nodes, no scheduler, no workload controllers. */
const world: WorldFile = {
  name: 'api-server-only',
  nodes: [],
  machines: [{ name: 'client', ip: '10.0.0.1' }],
  without: [
    'kube-scheduler',
    'workload-controllers',
    'endpoint-controller',
    'endpointslice-controller',
    'pod-garbage-collector',
    'resourcequota-controller',
    'garbage-collector-controller',
    'taint-eviction-controller',
    'disruption-controller',
    'ttl-controller',
    'node-controller',
    'ttl-after-finished-controller',
    'persistent-volume-binder',
    'pvc-protection-controller',
    'pv-protection-controller',
  ],
};

/** What a case under versions/ says of its cluster: the minor to simulate and the release to print. */
function versionOf({ kubernetes: release }: Recording): Pick<WorldFile, 'kubernetes' | 'release'> {
  const kubernetes = minorOf(release);
  return kubernetes === undefined || typeof release !== 'string' ? {} : { kubernetes, release };
}

/** Replays `tests/conformance/kubectl/*.jsonl`: every case in a folder and a cluster of its own. */
export const replayKubectl: Replayer = (recording) => {
  const cluster = new Cluster({ ...world, ...versionOf(recording) });
  cluster.advance(60_000);
  const session = new Session(cluster, parsePlace('client', ['client']), {
    files: memoryFiles(recording),
    cwd: folder,
    environment: { EDITOR: 'cat', HOME: '/root', SERVER: '<server>' },
    *edit(text) {
      return text;
    },
  });
  const masks = new Masks();
  const differences: string[] = [];
  const recorded = stepsOf(recording);
  const got = recorded.map((step, i) => {
    // A command of the recording took about this long: the controllers that ran had time for their work.
    cluster.advance(200);
    const line = cluster.run(runLine(session, step.command));
    const stdout = masked(line.stdout);
    const stderr = masked(line.stderr);
    const label = recorded.length > 1 ? `step ${i + 1} ` : '';
    for (const [name, want, have] of [
      ['stdout', step.stdout, stdout],
      ['stderr', step.stderr, stderr],
    ] as const) {
      differences.push(...masks.compare(normal(want), normal(have)).map((one) => `${label}${name} ${one}`));
    }
    if (line.exitCode !== step.exit_code) {
      differences.push(`${label}exit code: recorded ${step.exit_code}, got ${line.exitCode}`);
    }
    return { command: step.command, stdout, stderr, exit_code: line.exitCode };
  });
  return {
    id: recording.id,
    equal: differences.length === 0,
    got: 'command' in recording ? { ...recording, ...got[0] } : { ...recording, steps: got },
    differences,
  };
};

function stepsOf(recording: Recording): Step[] {
  // The folder's README fixes the shape; a file of another shape is no recording of kubectl.
  return 'steps' in recording ? (recording.steps as Step[]) : [recording as unknown as Step];
}

function masked(text: string): string {
  return text.replaceAll(folder, '<cwd>');
}

/** Values that the README names as drawn by lot and the shared masks do not know of. */
function normal(text: string): string {
  return text
    .replace(/\/tmp\/(LIVE|MERGED)-\d+/g, '/tmp/$1-<n>')
    .replace(/\b10\.(?:9[6-9]|10\d|11[01])\.\d{1,3}\.\d{1,3}\b(?!\/)/g, (ip) =>
      ip === '10.96.0.1' ? ip : '<cluster-ip>',
    )
    .replace(/(?<=\s)\d+[dhms](?:\d+[dhms])?(?=\s|$)/gm, '<age>')
    .replace(/\b3[0-2]\d{3}\/(TCP|UDP)/g, '<node-port>/$1');
}

function memoryFiles(recording: Recording): FileSystem {
  const files = new Map<string, string>();
  // The folder's README fixes the shape of both.
  for (const [name, text] of Object.entries((recording.files ?? {}) as Record<string, string>)) files.set(name, text);
  for (const [name, text] of Object.entries((recording.files_b64 ?? {}) as Record<string, string>)) {
    files.set(name, decoded(Buffer.from(text, 'base64')));
  }
  files.set('/dev/null', '');
  const path = (name: string) => name.replace(/^\.\//, '').replace(/\/+$/, '');
  return {
    cwd: folder,
    read: (name) => files.get(path(name)),
    write: (name, text) => void files.set(path(name), text),
    list: (name) => {
      const prefix = path(name) === '.' || path(name) === '' ? '' : `${path(name)}/`;
      const under = [...files.keys()].filter((one) => one.startsWith(prefix) && !one.startsWith('/'));
      if (under.length === 0 && prefix !== '') return undefined;
      return [...new Set(under.map((one) => one.slice(prefix.length).split('/')[0] ?? ''))];
    },
    remove: (name) => files.delete(path(name)),
  };
}

/** As kubectl reads a file: a byte order mark decides, else UTF-8 with replacement characters. */
function decoded(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.subarray(2).toString('utf16le');
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return Buffer.from(bytes.subarray(2)).swap16().toString('utf16le');
  return bytes.toString('utf8');
}
