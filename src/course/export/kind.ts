import { stringify } from 'yaml';
import { completeWorld } from '@/kubernetes/world';
import { playScript } from '../play-script';
import { printed } from '../printed';
import { statements } from '../statements';
import { kindConfig, nodePairs } from './kind-config';
import { kindReadme } from './kind-readme';
import { kindScript } from './kind-script';
import type { Take } from './take';

/**
 * The files with which anybody plays the same on a real cluster made by kind, by their paths: the cluster's
 * configuration, the manifests, a script, and what is expected of it, as it was played here.
 */
export function kindExport(take: Take): Record<string, string> {
  const world = completeWorld(take.world);
  const pairs = nodePairs(world);
  const lines = statements(take.script);
  const manifests = { ...world.files, ...take.files };
  return {
    'README.md': kindReadme(take, world, pairs),
    'kind.yaml': kindConfig(world),
    ...(world.objects.length > 0
      ? { 'world.yaml': world.objects.map((object) => stringify(object)).join('---\n') }
      : {}),
    ...Object.fromEntries(Object.entries(manifests).map(([name, text]) => [`manifests/${name}`, text])),
    'run.sh': kindScript(lines, world, pairs),
    'expected.txt': playScript({ ...take, files: manifests })
      .map(printed)
      .join(''),
  };
}
