import type { TextTable } from './printed';
import type { View } from './view';

/** What is seen before the cluster has answered. Apart from the rest: this much the page needs before there is an engine. */
export const emptyView: View = {
  now: 0,
  picture: { houses: [], waiting: [], signs: [] },
  tables: {
    pods: noTable(),
    nodes: noTable(),
    services: noTable(),
    endpoints: noTable(),
    events: noTable(),
    sockets: [],
    rules: [],
  },
  places: ['client'],
  reasons: [],
  marks: [],
  terminals: { busy: [], asked: [] },
};

function noTable(): TextTable {
  return { head: [], rows: [], note: '' };
}
