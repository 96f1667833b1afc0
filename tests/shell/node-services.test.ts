import { describe, expect, it } from 'vitest';
import { simulate } from '@/course/simulation';
import { Cluster } from '@/kubernetes/cluster';
import { runLine } from '@/shell/interpreter';
import { parsePlace } from '@/shell/place';
import { Session } from '@/shell/session';

const cluster = simulate({
  name: 'services',
  startTime: '2026-01-05T09:00:00Z',
  nodes: [{ name: 'node1', internalIP: '10.0.0.11', podCIDR: '10.244.1.0/24' }],
});
function pod(name: string, ...command: string[]) {
  cluster.client().create('pods', {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'default' },
    spec: {
      nodeName: 'node1',
      restartPolicy: 'Never',
      containers: [{ name: 'main', image: 'busybox:1.36', command }],
    },
  });
}
pod('box', 'sleep', '3600');
cluster.advance(30_000);
pod('talker', 'sh', '-c', 'echo one; echo two; echo three');
cluster.advance(100_000);

function at(place: string, line: string) {
  return cluster.run(runLine(new Session(cluster, parsePlace(place, [])), line));
}

// kubernetes-sigs/cri-tools, cmd/crictl/{container,sandbox,image,display,logs,exec}.go
describe('crictl', () => {
  it('lists containers: the running ones, with -a all, the newest first', () => {
    const [head, row, ...rest] = at('node1', 'crictl ps').stdout.split('\n');
    expect(head).toBe(
      'CONTAINER           IMAGE               CREATED             STATE               NAME                ATTEMPT             POD ID              POD                 NAMESPACE',
    );
    expect(row).toMatch(
      /^[0-9a-f]{13} {7}[0-9a-f]{13} {7}2 minutes ago {7}Running {13}main {16}0 {19}[0-9a-f]{13} {7}box {17}default$/,
    );
    expect(rest).toEqual(['']);
    const all = at('node1', 'crictl ps -a').stdout.split('\n');
    expect(all[1]).toMatch(/About a minute ago +Exited +main +0 .* talker +default$/);
    expect(all[2]).toMatch(/Running +main .* box +default$/);
    expect(at('node1', 'crictl ps --name nobody').stdout.split('\n')).toHaveLength(2);
    expect(at('node1', 'crictl ps -q').stdout).toMatch(/^[0-9a-f]{64}\n$/);
    expect(at('node1', 'crictl ps --state gone')).toMatchObject({
      exitCode: 1,
      stderr: 'FATA[0000] list containers: --state should be one of created, running, exited or unknown\n',
    });
  });

  it('lists sandboxes', () => {
    const [head, ...rows] = at('node1', 'crictl pods').stdout.split('\n');
    expect(head).toBe(
      'POD ID              CREATED              STATE               NAME                NAMESPACE           ATTEMPT             RUNTIME',
    );
    expect(rows[0]).toMatch(/^[0-9a-f]{13} {7}About a minute ago {3}NotReady {12}talker .* 0 {19}\(default\)$/);
    expect(rows[1]).toMatch(/^[0-9a-f]{13} {7}2 minutes ago {8}Ready {15}box {17}default {13}0 {19}\(default\)$/);
    expect(at('node1', 'crictl pods --name ^box$ -q').stdout).toMatch(/^[0-9a-f]{64}\n$/);
  });

  it('lists images', () => {
    const lines = at('node1', 'crictl images').stdout.split('\n');
    expect(lines[0]).toMatch(/^IMAGE +TAG +IMAGE ID +SIZE$/);
    expect(lines.find((line) => line.includes('busybox'))).toMatch(
      /^docker\.io\/library\/busybox +1\.36 +[0-9a-f]{13} +\d[\d.]*[kM]B$/,
    );
  });

  it('inspects containers and sandboxes', () => {
    const one = at('node1', 'crictl inspect $(crictl ps -q)');
    expect(JSON.parse(one.stdout)).toMatchObject({
      status: {
        finishedAt: '1970-01-01T00:00:00Z',
        metadata: { attempt: 0, name: 'main' },
        labels: { 'io.kubernetes.pod.name': 'box' },
        image: { userSpecifiedImage: 'busybox:1.36' },
        state: 'CONTAINER_RUNNING',
      },
    });
    expect(one.stderr).toBe('crictl: info, mounts, resources and annotations are not simulated\n');
    expect(JSON.parse(at('node1', 'crictl inspectp -q $(crictl pods --name box -q)').stdout)).toMatchObject({
      status: { network: { ip: '10.244.1.2' }, state: 'SANDBOX_READY' },
    });
    expect(at('node1', 'crictl inspect zzz')).toMatchObject({
      exitCode: 1,
      stderr:
        'FATA[0000] getting the status of the container "zzz": get container status: rpc error: code = NotFound desc = an error occurred when try to find container "zzz": not found\n',
    });
  });

  it('prints logs', () => {
    const id = '$(crictl ps -a --state exited -q)';
    expect(at('node1', `crictl logs ${id}`).stdout).toBe('one\ntwo\nthree\n');
    expect(at('node1', `crictl logs --tail=1 -f ${id}`).stdout).toBe('three\n');
    expect(at('node1', `crictl logs -t --tail 1 ${id}`).stdout).toMatch(/^2026-01-05T09:00:3\d\.\d{9}Z three\n$/);
    expect(at('node1', 'crictl logs').stderr).toBe('FATA[0000] ID cannot be empty\n');
  });

  it('runs programs in containers', () => {
    const id = '$(crictl ps -q)';
    expect(at('node1', `crictl exec -it ${id} hostname`)).toMatchObject({ stdout: 'box\n', exitCode: 0 });
    expect(at('node1', `crictl exec ${id} sh -c 'exit 3'`)).toMatchObject({
      exitCode: 1,
      stderr: 'FATA[0000] execing command in container: command terminated with exit code 3\n',
    });
    expect(at('node1', `crictl exec ${id} nosuch`).stderr).toMatch(
      /^FATA\[0000\] execing command in container: Internal error occurred: error executing command in container: failed to exec .*"nosuch": executable file not found in \$PATH/,
    );
    expect(at('node1', 'crictl exec $(crictl ps -a --state exited -q) ls').stderr).toBe(
      'FATA[0000] execing command in container: rpc error: code = Unknown desc = container is in CONTAINER_EXITED state\n',
    );
  });

  it('tells the version of the runtime', () => {
    expect(at('node1', 'crictl version').stdout).toBe(
      'Version:  0.1.0\nRuntimeName:  containerd\nRuntimeVersion:  v2.2.1\nRuntimeApiVersion:  v1\n',
    );
  });

  it('says what is not simulated, and is there on nodes only', () => {
    expect(at('node1', 'crictl stats')).toMatchObject({
      exitCode: 127,
      stderr: 'crictl: "stats" is not simulated; ps, pods, images, inspect, inspectp, logs and exec are\n',
    });
    expect(at('client', 'crictl ps')).toMatchObject({ exitCode: 127, stderr: 'bash: crictl: command not found\n' });
  });
});

// systemd, src/systemctl/systemctl-show.c, src/shared/logs-show.c
describe('systemctl', () => {
  it('tells how a service is', () => {
    expect(at('node1', 'systemctl status kubelet').stdout).toMatch(
      /^● kubelet\.service - kubelet: The Kubernetes Node Agent\n {5}Loaded: loaded \(\/usr\/lib\/systemd\/system\/kubelet\.service; enabled; preset: enabled\)\n {5}Active: active \(running\) since Mon 2026-01-05 08:59:30 UTC; 2min 40s ago\n {7}Docs: https:\/\/kubernetes\.io\/docs\/\n {3}Main PID: (\d+) \(kubelet\)\n {5}CGroup: \/system\.slice\/kubelet\.service\n {13}└─\1 \/usr\/bin\/kubelet --config=\/var\/lib\/kubelet\/config\.yaml\n$/,
    );
  });

  it('says what it does not simulate', () => {
    expect(at('node1', 'systemctl list-units')).toMatchObject({
      exitCode: 127,
      stderr:
        'systemctl: list-units is not simulated; status, is-active, is-enabled, start, stop and restart of a service are\n',
    });
    expect(at('node1', 'systemctl status docker')).toMatchObject({
      exitCode: 4,
      stderr: 'Unit docker.service could not be found.\n',
    });
  });
});

describe('journalctl', () => {
  it('prints what a service has decided, in the form of the journal', () => {
    cluster.client().create('pods', {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'elsewhere', namespace: 'default' },
      spec: { nodeName: 'node1', nodeSelector: { zone: 'b' }, containers: [{ name: 'c', image: 'busybox:1.36' }] },
    });
    cluster.advance(5000);
    const { stdout, stderr } = at('node1', 'journalctl -u kubelet --no-pager -n 1');
    expect(stdout).toMatch(/^Jan 05 09:02:1\d node1 kubelet\[\d+\]: default\/elsewhere: NodeAffinity \(.*\)\n$/);
    expect(stderr).toBe(
      "-- of kubelet's own log only errors of Pods are simulated; the other lines are decisions it has recorded --\n",
    );
    expect(at('node1', "journalctl -u kubelet --since '2026-01-05 10:00'").stdout).toBe('-- No entries --\n');
    expect(at('node1', "journalctl -u kubelet --since '5 min ago'").stdout).toBe(stdout);
    expect(at('node1', 'journalctl -u kubelet --since yonder')).toMatchObject({
      exitCode: 1,
      stderr: 'Failed to parse timestamp: yonder\n',
    });
    expect(at('node1', 'timeout 3 journalctl -fqu kubelet')).toMatchObject({ stdout, exitCode: 124 });
    expect(at('node1', 'journalctl')).toMatchObject({
      exitCode: 127,
      stderr: 'journalctl: only journalctl -u SERVICE [-n N] [-f] [-r] [--since TIME] is simulated\n',
    });
  });
});

describe('the log of the kubelet', () => {
  const world = { name: 'log', nodes: [{ name: 'node1', internalIP: '10.0.0.11' }], registry: 'unreachable' } as const;
  const busy = new Cluster({ ...world, preloadedImages: ['busybox:1.36'] });
  const pod = (name: string, image: string) =>
    busy.client().create('pods', {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace: 'default' },
      spec: { nodeName: 'node1', containers: [{ name: 'c', image, command: ['false'] }] },
    });
  const journal = (line: string) =>
    busy
      .run(runLine(new Session(busy, { kind: 'machine', name: 'node1' }), line))
      .stdout.split('\n')
      .slice(0, -1);

  // pkg/kubelet/pod_workers.go, kuberuntime/kuberuntime_manager.go, kuberuntime/kuberuntime_image.go
  it('tells of containers that crash and of images that cannot be had, in the form of klog', () => {
    pod('crash', 'busybox:1.36');
    pod('typo', 'ngnix:1.25');
    busy.advance(30_000);
    const crash = journal('journalctl -xeu kubelet | grep default/crash');
    expect(crash[0]).toMatch(
      /^Jan 05 09:00:0\d node1 kubelet\[(\d+)\]: E0105 09:00:0\d\.\d{6} {4}\1 pod_workers\.go:1324\] "Error syncing pod, skipping" err="failed to \\"StartContainer\\" for \\"c\\" with CrashLoopBackOff: \\"back-off 10s restarting failed container=c pod=crash_default\([-0-9a-f]+\)\\"" pod="default\/crash" podUID="[-0-9a-f]{36}"$/,
    );
    const places = journal("journalctl -u kubelet | grep -v crash | grep -o '[a-z_]*.go:[0-9]*'");
    expect(places.slice(0, 5)).toEqual([
      'remote_image.go:250',
      'kuberuntime_image.go:43',
      'kuberuntime_manager.go:1727',
      'pod_workers.go:1324',
      'pod_workers.go:1324',
    ]);
    const [unhandled = ''] = journal("journalctl -u kubelet | grep 'Unhandled Error'");
    expect(unhandled).toContain('"Unhandled Error" err="container c start failed in pod typo_default(');
    expect(unhandled).toContain('): ErrImagePull: failed to pull and unpack image');
    expect(unhandled).toMatch(/ logger="UnhandledError"$/);
    expect(journal("journalctl -u kubelet | grep 'ImagePullBackOff'")[0]).toContain(
      'with ImagePullBackOff: \\"Back-off pulling image \\\\\\"ngnix:1.25\\\\\\": ErrImagePull: ',
    );
  });

  it('tells of sandboxes that could not be made, and shows in the past only what had been said then', () => {
    const odd = new Cluster({ ...world, hostPortBackend: 'none', cni: 'none' });
    odd.client().create('pods', {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'lone', namespace: 'default' },
      spec: { nodeName: 'node1', containers: [{ name: 'c', image: 'busybox:1.36' }] },
    });
    odd.advance(20_000);
    const lines = (cluster: Cluster) => cluster.runtimes.get('node1')?.journal ?? [];
    expect(lines(odd)[0]).toMatchObject({
      place: 'pod_workers.go:1324',
      values: {
        err: 'network is not ready: container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady message:Network plugin returns error: cni plugin not initialized',
        pod: 'default/lone',
      },
    });
    const first = lines(odd)[0]?.at ?? 0;
    expect(lines(odd).length).toBeGreaterThan(1);
    expect(lines(odd.asOf(first))).toHaveLength(1);
  });
});

describe('a node without its kubelet', () => {
  it('knows what the runtime has while the API server has not heard of it', () => {
    const found = at('node1', 'systemctl stop kubelet; crictl ps -q');
    expect(found.stdout).toMatch(/^[0-9a-f]{64}\n$/);
    expect(at('node1', 'systemctl status kubelet')).toMatchObject({
      exitCode: 3,
      stdout: expect.stringMatching(/^○ kubelet\.service - .*\n.*\n {5}Active: inactive \(dead\)\n/),
    });
    expect(at('node1', 'systemctl start kubelet; systemctl status kubelet').stdout).toContain('; now\n');
  });
});
