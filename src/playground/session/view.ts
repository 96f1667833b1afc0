import type { Cluster } from '@/kubernetes/cluster';
import { placeText } from '@/shell/place';
import { observePicture } from '../picture/observe';
import type { Picture } from '../picture/model';
import { emptyView } from './empty-view';
import { type Reason, reasonsOf } from './reasons';
import { type Tables, tablesOf } from './tables';
import { type Mark, marksOf } from './marks';

/** All that the views show, as plain data: it could come from a worker as well as from this page. */
export interface View {
  /** Virtual milliseconds since the reader met the cluster. */
  readonly now: number;
  readonly picture: Picture;
  readonly tables: Tables;
  /** Where commands can be typed: machines, nodes, running containers. */
  readonly places: readonly string[];
  readonly reasons: readonly Reason[];
  readonly marks: readonly Mark[];
  /** Where a command goes on, and what is being edited for one. */
  readonly terminals: {
    readonly busy: readonly string[];
    readonly asked: readonly { readonly place: string; readonly text: string }[];
  };
}

/** `start`: the cluster's own time at which the reader met it. */
export function viewOf(cluster: Cluster, start: number, terminals: View['terminals'] = emptyView.terminals): View {
  const picture = observePicture(cluster);
  return {
    now: cluster.clock.now - start,
    picture,
    tables: tablesOf(cluster, picture),
    places: placesOf(cluster, picture),
    reasons: reasonsOf(cluster, start),
    marks: marksOf(cluster, start),
    terminals,
  };
}

function placesOf(cluster: Cluster, picture: Picture): string[] {
  const running = picture.houses
    .flatMap((house) => house.rooms)
    .filter((room) => room.status === 'Running')
    .map(({ key, name }) => placeText({ kind: 'container', namespace: key.slice(0, key.indexOf('/')), pod: name }));
  return [...cluster.network.machineNames, ...cluster.world.nodes.map((node) => node.name), ...running];
}
