import type { Cluster } from '@/kubernetes/cluster';
import { osImageOf } from '@/kubernetes/node-system';
import type { Scene } from './scene';

/**
 * `/etc/os-release` of a node, from what its status calls the system; of a container, from what its image was built on.
 * Undefined where neither is known. Upstream: systemd, os-release(5)
 */
export function osRelease(
  { kernel, process }: Pick<Scene, 'kernel' | 'process'>,
  cluster: Cluster,
): string | undefined {
  if (process) return releaseOfImage(cluster, kernel.host, process.container ?? '');
  const node = cluster.world.nodes.find((one) => one.name === kernel.host);
  return node && releaseOfNode(osImageOf(node));
}

function releaseOfNode(pretty: string): string {
  const [, name = pretty, full = '', support = '', code] = /^(.*?) (\d[\d.]*)( LTS)?(?: \((.*)\))?$/.exec(pretty) ?? [];
  const id = (name.split(/[ /]/)[0] ?? name).toLowerCase();
  // Ubuntu counts its releases by year and month; the third number is the installer's.
  const version = id === 'ubuntu' ? full.split('.').slice(0, 2).join('.') : full;
  return text([
    ['PRETTY_NAME', pretty],
    ['NAME', name],
    ['VERSION_ID', version],
    ['VERSION', full && `${full}${support}${code === undefined ? '' : ` (${code})`}`],
    ['ID', id],
  ]);
}

/** An image tells which C library it has; Alpine's is musl, Debian's glibc. Of its release nothing is known. */
function releaseOfImage(cluster: Cluster, host: string, container: string): string | undefined {
  const image = cluster.runtimes.get(host)?.container(container)?.image;
  // Nothing but an image with a shell was built on a distribution, and busybox brings no such file.
  if (!image?.tools.includes('sh') || image.file?.id === 'busybox') return undefined;
  switch (image.variables['libc']) {
    case 'musl': {
      const version = image.file?.id === 'alpine' ? /^\d[\d.]*$/.exec(image.variables['tag'] ?? '')?.[0] : undefined;
      const pretty = `Alpine Linux${version === undefined ? '' : ` v${version.split('.').slice(0, 2).join('.')}`}`;
      return text([
        ['NAME', 'Alpine Linux'],
        ['ID', 'alpine'],
        ['VERSION_ID', version ?? ''],
        ['PRETTY_NAME', pretty],
      ]);
    }
    case 'glibc':
      return text([
        ['PRETTY_NAME', 'Debian GNU/Linux'],
        ['NAME', 'Debian GNU/Linux'],
        ['ID', 'debian'],
      ]);
    default:
      return undefined;
  }
}

/** Lines of the file; one without a value is left out, and only what a shell would split is quoted. */
function text(lines: readonly (readonly [name: string, value: string])[]): string {
  return lines
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}=${/^[a-z]+$/.test(value) ? value : `"${value}"`}\n`)
    .join('');
}
