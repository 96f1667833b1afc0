import { describe, expect, it } from 'vitest';
import { findWorld } from '@/course/worlds';
import type { WorldFile } from '@/kubernetes/world';
import { describeHouse, describeSign } from '@/playground/picture/words';
import { Engine } from '@/playground/session/engine';
import { en } from '@/playground/strings';
import { webDeployment } from '../web-deployment';

const manifest = `${webDeployment(2, "{containers: [{name: nginx, image: 'nginx:1.23.1', ports: [{containerPort: 80}]}]}")}---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {type: NodePort, selector: {app: web}, ports: [{port: 8080, targetPort: 80, nodePort: 30080}]}
---
apiVersion: v1
kind: Service
metadata: {name: near}
spec: {type: NodePort, externalTrafficPolicy: Local, selector: {app: web}, ports: [{port: 80, nodePort: 30081}]}
---
apiVersion: v1
kind: Service
metadata: {name: alone}
spec: {selector: {app: nobody}, ports: [{port: 53, protocol: UDP}]}
`;

function lab(change: Partial<WorldFile> = {}): Engine {
  const world = findWorld('lab-4');
  if (!world) throw new Error('no world lab-4');
  return new Engine({ ...world, ...change });
}

function played(engine: Engine): Engine {
  engine.perform({ kind: 'apply', file: 'web.yaml', text: manifest });
  engine.perform({ kind: 'advance', by: 20_000 });
  return engine;
}

describe('Services in the picture', () => {
  it('has none of the cluster’s own', () => {
    expect(lab().view().picture.signs).toEqual([]);
  });

  it.each(['iptables', 'nftables', 'ipvs'] as const)('shows node ports that kube-proxy wrote down: %s', (kubeProxy) => {
    const { picture } = played(lab({ kubeProxy })).view();
    for (const house of picture.houses) {
      const here = house.rooms.length > 0;
      expect(house.nodePorts.map(({ port, name, answers }) => [port, name, answers]).sort()).toEqual([
        [30080, 'web', true],
        [30081, 'near', here],
      ]);
    }
  });

  it('shows no node port where no kube-proxy runs', () => {
    const world = findWorld('lab-4');
    const { picture } = played(lab({ without: [...(world?.without ?? []), 'kube-proxy'] })).view();
    expect(picture.signs.map(({ name }) => name).sort()).toEqual(['alone', 'near', 'web']);
    expect(picture.houses.flatMap(({ nodePorts }) => nodePorts)).toEqual([]);
  });

  it('tells who is behind a Service, and rooms tell which Services lead to them', () => {
    const engine = played(lab());
    const { picture, tables } = engine.view();
    const rooms = picture.houses.flatMap((house) => house.rooms);
    const web = picture.signs.find(({ name }) => name === 'web');
    expect(web?.backends.map(({ room }) => room).sort()).toEqual(rooms.map(({ key }) => key).sort());
    expect(rooms.map(({ services }) => [...services].sort())).toEqual([
      ['near', 'web'],
      ['near', 'web'],
    ]);
    const alone = picture.signs.find(({ name }) => name === 'alone');
    expect(alone && describeSign(alone, en.picture)).toMatch(
      /^Service alone ClusterIP 10\.\S+ :53\/udp → 53 ✕ no back ends$/,
    );
    expect(tables.rules).toContainEqual({
      node: 'w1',
      hostPort: '30080/TCP',
      to: web?.backends.map(({ name }) => name).join(', '),
      owner: 'service/web',
    });
    const [first] = picture.houses;
    expect(first && describeHouse(first, en.picture)).toContain(
      'node port 30081 leads to Service near, where nobody answers',
    );
    engine.perform({ kind: 'run', place: 'client', line: 'kubectl scale deployment web --replicas=0' });
    engine.perform({ kind: 'advance', by: 40_000 });
    expect(engine.view().picture.signs.find(({ name }) => name === 'web')?.backends).toEqual([]);
  });
});
