import { expect, it } from 'vitest';
import { simulate } from '@/course/simulation';
import { runLine } from '@/shell/interpreter';
import { parsePlace } from '@/shell/place';
import { Session } from '@/shell/session';

const cluster = simulate({
  name: 'users',
  startTime: '2026-01-05T09:00:00Z',
  nodes: [{ name: 'node1', internalIP: '10.0.0.11', podCIDR: '10.244.1.0/24' }],
});
function pod(name: string, spec: object, container: object) {
  cluster.client().create('pods', {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'default' },
    spec: { nodeName: 'node1', containers: [{ name: 'main', image: 'traefik/whoami:v1.10', ...container }], ...spec },
  });
}
const user = { runAsUser: 1000 };
const binding = { capabilities: { add: ['NET_BIND_SERVICE'] } };
pod('room', {}, { securityContext: user });
pod('house', { hostNetwork: true }, { securityContext: user });
pod('adding', { hostNetwork: true }, { securityContext: { ...user, ...binding } });
pod('dropping', { hostNetwork: true }, { securityContext: { capabilities: { drop: ['ALL'] } } });
pod(
  'keeping',
  { hostNetwork: true },
  { securityContext: { capabilities: { drop: ['ALL'], ...binding.capabilities } } },
);
const busybox = { image: 'busybox:1.36', command: ['sleep', '1d'] };
pod('box', { hostNetwork: true }, { ...busybox, securityContext: user });
pod('root', {}, { ...busybox, securityContext: { capabilities: { drop: ['NET_RAW'] } } });
cluster.advance(5000);

function at(place: string, line: string) {
  return cluster.run(runLine(new Session(cluster, parsePlace(place, ['client'])), line));
}

// net/ipv4/af_inet.c `__inet_bind`: ports below `ip_unprivileged_port_start` ask for CAP_NET_BIND_SERVICE. The runtime
// sets 0 in a Pod's own network; execve leaves a user who is not root without capabilities, added or not.
it.each([
  ['room', /^Running$/],
  ['house', /^(Error|CrashLoopBackOff)$/],
  ['adding', /^(Error|CrashLoopBackOff)$/],
  ['dropping', /^(Error|CrashLoopBackOff)$/],
  ['keeping', /^Running$/],
])('lets low ports of the node be taken by root alone: %s is %s', (name, status) => {
  const { stdout } = at('client', `kubectl get pod ${name} --no-headers`);
  expect(stdout.split(/ +/)[2]).toMatch(status);
  if (status.test('Running')) return;
  expect(at('client', `kubectl logs ${name}`).stdout).toContain('listen tcp :80: bind: permission denied\n');
});

it('tells a user who is not root so in busybox as well', () => {
  expect(at('pod/box', 'httpd -f -p 80')).toMatchObject({ stderr: 'httpd: bind: Permission denied\n', exitCode: 1 });
});

// man 7 capabilities, "Transformation of capabilities during execve()"
it('shows what a process may do and what it could', () => {
  expect(at('pod/box', 'grep Cap /proc/self/status').stdout).toBe(
    'CapInh:\t0000000000000000\nCapPrm:\t0000000000000000\nCapEff:\t0000000000000000\n' +
      'CapBnd:\t00000000a80425fb\nCapAmb:\t0000000000000000\n',
  );
  expect(at('pod/root', 'grep -E "Cap(Eff|Bnd)" /proc/1/status').stdout).toBe(
    'CapEff:\t00000000a80405fb\nCapBnd:\t00000000a80405fb\n',
  );
});

const nginx = { image: 'nginx:1.27' };
pod('plain', {}, { ...nginx, securityContext: user });
const cache = { volumes: [{ name: 'cache', emptyDir: {} }] };
const mounts = { volumeMounts: [{ name: 'cache', mountPath: '/var/cache/nginx' }] };
pod('cached', { ...cache, hostNetwork: true }, { ...nginx, ...mounts, securityContext: user });
pod('numbered', cache, { ...nginx, ...mounts, securityContext: user });
pod('fixed', {}, { ...nginx, securityContext: { readOnlyRootFilesystem: true } });
pod('bare', {}, { ...nginx, securityContext: { capabilities: { drop: ['ALL'] } } });
cluster.advance(5000);

// src/core/ngx_cycle.c `ngx_init_cycle`: folders, sockets, the file of its number, one after another.
it.each([
  ['plain', 'mkdir() "/var/cache/nginx/client_temp" failed (13: Permission denied)'],
  ['cached', 'bind() to 0.0.0.0:80 failed (13: Permission denied)'],
  ['numbered', 'open() "/run/nginx.pid" failed (13: Permission denied)'],
  ['fixed', 'mkdir() "/var/cache/nginx/client_temp" failed (30: Read-only file system)'],
  ['bare', 'chown("/var/cache/nginx/client_temp", 101) failed (1: Operation not permitted)'],
])('lets nginx end where it may not do what it has to: %s', (name, problem) => {
  const { stdout } = at('client', `kubectl logs ${name}`);
  expect(stdout).toContain(`[emerg] 1#1: ${problem}\n`);
  expect(stdout).toContain(`nginx: [emerg] ${problem}\n`);
});

// docker-nginx: entrypoint/10-listen-on-ipv6-by-default.sh; src/core/nginx.c `ngx_set_user`
it('tells of what nginx goes without', () => {
  const { stdout } = at('client', 'kubectl logs plain');
  const script = '10-listen-on-ipv6-by-default.sh: info:';
  expect(stdout).toContain(`${script} can not modify /etc/nginx/conf.d/default.conf (read-only file system?)\n`);
  expect(stdout).not.toContain('Enabled listen');
  expect(stdout).toContain(
    'nginx: [warn] the "user" directive makes sense only if the master process runs with super-user privileges, ' +
      'ignored in /etc/nginx/nginx.conf:2\n',
  );
});
