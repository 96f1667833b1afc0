import { expect, it } from 'vitest';
import { portbound } from './terminal';

const script = `kubectl apply -f hostport.yaml
sleep 8
curl -s -o page http://192.168.189.201:8080/
curl -s http://192.168.189.201:8081/
kubectl exec nginx-hostport -- curl -sI http://192.168.189.200:22/
kubectl get pods
`;

it('run --json tells the way of every packet that a command sends first', async () => {
  const { stdout } = await portbound(['run', '--json', '--scenario', 's3-host-port', 'script.sh'], {
    'script.sh': script,
  });
  const lines: { command: string; walks?: Walk[] }[] = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  const walks = lines.map((line) =>
    line.walks?.map(({ from, result, source, taker }) => ({ from, result, source, taker })),
  );
  expect(walks.slice(2)).toEqual([
    [{ from: 'client', result: 'answered', source: '192.168.189.10', taker: 'nginx-hostport' }],
    [{ from: 'client', result: 'refused', source: '192.168.189.10', taker: undefined }],
    // A Pod's packets leave the cluster under the address of its node.
    [
      {
        from: expect.stringMatching(/^node1\/[0-9a-f]{13}$/),
        result: 'answered',
        source: '192.168.189.201',
        taker: 'sshd',
      },
    ],
    undefined,
  ]);
  const stops = lines[2]?.walks?.[0]?.stops ?? [];
  expect(stops.map(({ host, step }) => `${host} ${step}`)).toEqual([
    'client send',
    'client wire',
    'node1 prerouting',
    'node1 bridge',
    'node1 deliver',
  ]);
  expect(stops[2]?.rules.at(-1)).toMatch(
    /^-t nat -A CNI-DN-\w+ -p tcp -m tcp --dport 8080 -j DNAT --to-destination 10\.244\.1\.19:80$/,
  );
  expect(stops[2]?.packet).toMatch(/^192\.168\.189\.10:\d+ → 10\.244\.1\.19:80$/);
  expect(lines[3]?.walks?.[0]?.stops.at(-1)?.text).toBe('nothing listens on 8081/TCP');
});

interface Walk {
  readonly from: string;
  readonly result: string;
  readonly source: string;
  readonly taker?: string;
  readonly stops: readonly { host: string; step: string; text: string; rules: string[]; packet: string }[];
}
