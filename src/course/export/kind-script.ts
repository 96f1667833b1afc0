import type { World } from '@/kubernetes/world';
import type { Statement } from '../statements';
import { quoted } from './quoted';
import { clusterName, type NodePair } from './kind-config';

/**
 * A bash script that makes the cluster and types the scenario's lines. The lines stand in it as the course has them; names
 * and addresses of the nodes are changed when it runs, for Docker gives the addresses only then.
 */
export function kindScript(lines: readonly Statement[], world: World, pairs: readonly NodePair[]): string {
  return `#!/usr/bin/env bash
# Plays the scenario on a real cluster. Needs docker, kind and kubectl; takes everything away at the end with:
#   kind delete cluster --name ${clusterName}
# Another Kubernetes: KIND_NODE_IMAGE=kindest/node:v1.35.0 ./run.sh
set -u
here=$(cd "$(dirname "$0")" && pwd)
kind create cluster --config "$here/kind.yaml" --wait 120s \${KIND_NODE_IMAGE:+--image "$KIND_NODE_IMAGE"} || exit 1

work=$(mktemp -d)
{
${pairs.map(sedLines).join('\n')}
} > "$work/names.sed"
for file in "$here"/manifests/*; do
  [ -f "$file" ] && sed -f "$work/names.sed" "$file" > "$work/$(basename "$file")"
done
[ -f "$here/world.yaml" ] && kubectl apply -f "$here/world.yaml"
${taints(world, pairs)}cd "$work" || exit 1

# at PLACE LINE: types a line on this machine, or in the container that is a node
at() {
  local place=$1 line
  line=$(printf '%s\\n' "$2" | sed -f "$work/names.sed")
  if [ "$place" = client ]; then
    printf '$ %s\\n' "$line"
    bash -c "$line" 2>&1
  else
    place=$(printf '%s\\n' "$place" | sed -f "$work/names.sed")
    printf '@%s $ %s\\n' "$place" "$line"
    docker exec "$place" bash -c "$line" 2>&1
  fi
}

${lines.map((line) => call(line, pairs)).join('\n')}
exit 0 # a line of the scenario that fails is part of it
`;
}

function call({ place = 'client', text }: Statement, pairs: readonly NodePair[]): string {
  if (place === 'client') return `at client ${quoted(text)}`;
  const node = pairs.find((pair) => pair.world === place);
  if (node) return `at ${node.kind} ${quoted(text)}`;
  const pod = /^pod\/(.+)$/.exec(place);
  return pod
    ? `at client ${quoted(`kubectl exec ${pod[1] ?? ''} -- sh -c ${quoted(text)}`)}`
    : `# ${place} is a machine outside; typed here instead\nat client ${quoted(text)}`;
}

/** A node's name, and its address, which is asked for. An address that is also the name stands for the address. */
function sedLines({ world, address, kind }: NodePair): string {
  const name = world === address ? [] : [`  printf 's/\\\\b%s\\\\b/%s/g\\n' ${quoted(escaped(world))} ${kind}`];
  const ip = `$(docker inspect -f '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}' ${kind})`;
  return [...name, `  printf 's/\\\\b%s\\\\b/%s/g\\n' ${quoted(escaped(address))} "${ip}"`].join('\n');
}

function taints(world: World, pairs: readonly NodePair[]): string {
  return world.nodes
    .flatMap(({ name, taints: list = [] }) =>
      list
        // kubeadm gives a control plane its taint by itself.
        .filter((taint) => taint.key !== 'node-role.kubernetes.io/control-plane')
        .map(({ key, value, effect }) => {
          const node = pairs.find((pair) => pair.world === name)?.kind ?? name;
          return `kubectl taint node ${node} ${quoted(`${key}${value === undefined ? '' : `=${value}`}:${effect}`)}\n`;
        }),
    )
    .join('');
}

function escaped(name: string): string {
  return name.replace(/[.]/g, '\\.');
}
