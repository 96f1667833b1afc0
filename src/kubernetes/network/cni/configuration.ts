import { isObject } from '../../api/object';
import type { World } from '../../world';
import { type Cidr, formatCidr } from '../address';
import type { HostFiles } from '../host-files';

/** Where the runtime looks for its network configuration. Without a file there, a node has no Pod network. */
export const CONFIG_FOLDER = '/etc/cni/net.d';
export const CONFIG_FILE = `${CONFIG_FOLDER}/10-cbr0.conflist`;

/** What a node's configuration asks of the plugins. It is read anew for every ADD and DEL, as the runtime does. */
export interface CniConfiguration {
  readonly name: string;
  readonly portmap: 'iptables' | 'nftables' | 'none';
}

/** The file as an installer writes it. */
export function configurationText(world: World, range: Cidr): string {
  const bridge = [
    '    {',
    '      "type": "bridge",',
    '      "bridge": "cni0",',
    '      "isDefaultGateway": true,',
    '      "hairpinMode": true,',
    '      "ipMasq": false,',
    `      "ipam": {"type": "host-local", "ranges": [[{"subnet": "${formatCidr(range)}"}]]}`,
    '    }',
  ].join('\n');
  const backend = world.hostPortBackend === 'portmap-nftables' ? '"backend": "nftables", ' : '';
  const portmap = `    {"type": "portmap", ${backend}"capabilities": {"portMappings": true}}`;
  const plugins = world.hostPortBackend.startsWith('portmap') ? `${bridge},\n${portmap}` : bridge;
  return `{\n  "cniVersion": "1.0.0",\n  "name": "cbr0",\n  "plugins": [\n${plugins}\n  ]\n}\n`;
}

/** The first configuration in the folder by name; undefined when there is none that can be read. */
export function readConfiguration(files: HostFiles): CniConfiguration | undefined {
  const name = (files.list(CONFIG_FOLDER) ?? []).find((file) => /\.(conf|conflist|json)$/.test(file));
  const text = name && files.read(`${CONFIG_FOLDER}/${name}`);
  if (!text) return undefined;
  if (!configurations.has(text)) configurations.set(text, configurationOf(text));
  return configurations.get(text);
}

/** What a text says never changes, so it is worked out once. */
const configurations = new Map<string, CniConfiguration | undefined>();

function configurationOf(text: string): CniConfiguration | undefined {
  const parsed = parseJson(text);
  if (!isObject(parsed) || typeof parsed.name !== 'string' || !Array.isArray(parsed.plugins)) return undefined;
  const plugins: unknown[] = parsed.plugins;
  const portmap = plugins.find((plugin) => isObject(plugin) && plugin.type === 'portmap');
  if (!isObject(portmap)) return { name: parsed.name, portmap: 'none' };
  return { name: parsed.name, portmap: portmap.backend === 'nftables' ? 'nftables' : 'iptables' };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
