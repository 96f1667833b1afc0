import type { World } from '@/kubernetes/world';

type Versioned = Pick<World, 'release' | 'kubernetes'>;

/** What a program says of its build. Commit and dates are those of no build at all. */
function build({ release }: Versioned) {
  return {
    gitVersion: release,
    gitCommit: '0'.repeat(40),
    gitTreeState: 'clean',
    buildDate: '1970-01-01T00:00:00Z',
    goVersion: 'go1.26.8',
    compiler: 'gc',
    platform: 'linux/amd64',
  };
}

/** Upstream: apimachinery/pkg/version/types.go `Info`. */
export function clientVersion(world: Versioned) {
  const [major = '1', minor = '36'] = world.kubernetes.split('.');
  return { major, minor, ...build(world) };
}

/** The same of the server, which can behave as the minor before does. */
export function serverVersion(world: Versioned) {
  const { major, minor, ...rest } = clientVersion(world);
  const oldest = String(Number(minor) - 1);
  return {
    major,
    minor,
    emulationMajor: major,
    emulationMinor: minor,
    minCompatibilityMajor: major,
    minCompatibilityMinor: oldest,
    ...rest,
  };
}
