import { describe, expect, it } from 'vitest';
import { simulate } from '@/course/simulation';
import { Cluster } from '@/kubernetes/cluster';
import { cluster, kubectlOn } from './run';

const pod = (name: string, containers: string) =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}, labels: {app: x}}\nspec: {containers: [${containers}]}\n`;
const speaking = (name: string, seconds: number) =>
  `{name: ${name}, image: "busybox:1.36", command: [sh, -c, "while true; do echo ${name}; sleep ${seconds}; done"]}`;

/** A node with one Pod of two containers that speak now and then. */
function speakers(): Cluster {
  const server = simulate({ name: 'test', nodes: [{ name: 'node1', internalIP: '10.0.0.11' }] });
  kubectlOn(server, ['apply', '-f', '-'], { stdin: pod('p', `${speaking('a', 2)}, ${speaking('b', 3)}`) });
  server.advance(60_000);
  return server;
}

// kubectl/pkg/cmd/logs/logs.go `parallelConsumeRequest`, `Validate`
describe('logs', () => {
  it('follows several containers side by side', () => {
    const server = speakers();
    // The Pod's own deadline ends what is followed.
    kubectlOn(server, ['patch', 'pod', 'p', '-p', '{"spec":{"activeDeadlineSeconds":70}}']);
    const printed = kubectlOn(server, ['logs', 'p', '--all-containers', '--prefix', '-f', '--tail=0']).stdout;
    const words = printed.split('\n').map((line) => line.split(' ').at(-1));
    expect(words.slice(0, 4).sort()).toEqual(['a', 'a', 'b', 'b']);
    expect(printed).toContain('[pod/p/a] a\n');
    expect(printed).toContain('[pod/p/b] b\n');
  });

  it('refuses to follow more than may be followed', () => {
    expect(kubectlOn(speakers(), ['logs', 'p', '--all-containers', '-f', '--max-log-requests=1']).stderr).toBe(
      'error: you are attempting to follow 2 log streams, but maximum allowed concurrency is 1, use --max-log-requests to increase the limit\n',
    );
  });

  it('takes all containers or one', () => {
    expect(cluster(pod('p', '{name: a, image: nginx}'))(['logs', 'p', 'a', '--all-containers']).stderr).toBe(
      'error: --all-containers=true should not be specified with container name a\n',
    );
  });
});

// kubectl/pkg/cmd/get/get.go `watch`, cli-runtime/pkg/resource/builder.go `SingleResourceType`
describe('get -w', () => {
  it.each([
    [['get', 'pod/p', 'svc/kubernetes', '-w'], 'error: you may only specify a single resource type\n', 1],
    [['get', 'all', '-w'], 'error: you may only specify a single resource type\n', 1],
    [['get', 'pod', 'zz', '-w', '--ignore-not-found'], '', 0],
  ])('%j', (args, stderr, code) => {
    expect(cluster(pod('p', '{name: a, image: nginx}'))(args)).toEqual({ stdout: '', stderr, code });
  });

  it('prints the headers of custom columns once', () => {
    const run = cluster(`${pod('p', '{name: a, image: nginx}')}---\n${pod('q', '{name: a, image: nginx}')}`);
    expect(run(['get', 'pods', '-w', '-o', 'custom-columns=N:.metadata.name', '--request-timeout=1s']).stdout).toBe(
      'N\np\nq\n',
    );
  });
});

it.each([
  // kubectl/pkg/cmd/top/top_pod.go
  [['top', 'pods', 'x', 'y'], "error: pod [NAME | -l label]\nSee 'kubectl top pod -h' for help and examples\n"],
  // kubectl/pkg/cmd/events/events.go
  [['events', '--for', 'a/b/c'], 'error: arguments in resource/name form may not have more than one slash\n'],
  // cli-runtime/pkg/resource/builder.go
  [['get', 'pods,'], `error: the server doesn't have a resource type ""\n`],
  [['get', ''], `error: the server doesn't have a resource type ""\n`],
])('%j', (args, stderr) => {
  expect(cluster()(args)).toEqual({ stdout: '', stderr, code: 1 });
});

// kubectl/pkg/cmd/events/event_printer.go, text/tabwriter: a line without cells parts the columns.
it('prints an event of two lines as two lines', () => {
  const event = (name: string, message: string, type: string) =>
    `apiVersion: v1\nkind: Event\nmetadata: {name: ${name}}\ninvolvedObject: {kind: Pod, name: p, namespace: default}\nreason: R\ntype: ${type}\nmessage: "${message}"\nlastTimestamp: "2026-01-05T08:00:0${name === 'a' ? 1 : 2}Z"\n`;
  const run = cluster();
  run(['create', '-f', '-'], `${event('a', 'one\\ntwo', 'Normal')}---\n${event('b', 'three', 'Warning')}`);
  expect(run(['events', '--no-headers']).stdout).toBe(
    '<unknown>   Normal   R     Pod/p   one\ntwo\n<unknown>   Warning   R     Pod/p   three\n',
  );
  expect(run(['events', '-o', 'json', '--types=Warning']).stdout).toMatch(
    /^\{\n {4}"kind": "EventList",\n {4}"apiVersion": "v1",\n {4}"metadata": \{\},\n {4}"items": \[\n {8}\{\n {12}"kind": "Event",/,
  );
});

// kubectl/pkg/polymorphichelpers/rollout_status.go, rollback.go; kubectl/pkg/cmd/rollout
describe('rollout', () => {
  const deployment = (name: string) =>
    `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: ${name}}\nspec: {selector: {matchLabels: {app: x}}, template: {metadata: {labels: {app: x}}, spec: {containers: [{name: c, image: "nginx:1"}]}}}\n`;

  it('goes on with the next after one that has failed', () => {
    const manifest =
      'apiVersion: apps/v1\nkind: ReplicaSet\nmetadata: {name: rs}\nspec: {selector: {matchLabels: {app: x}}, template: {metadata: {labels: {app: x}}, spec: {containers: [{name: c, image: nginx}]}}}\n';
    expect(
      cluster(`${manifest}---\n${deployment('web')}`)(['rollout', 'status', 'rs/rs', 'deploy/web', '--watch=false']),
    ).toEqual({
      stdout: 'Waiting for deployment spec update to be observed...\n',
      stderr: 'error: no status viewer has been implemented for ReplicaSet.apps\n',
      code: 1,
    });
  });

  it.each([
    [['status', 'deploy/web', '--revision=-1'], 'revision must be a positive integer: -1'],
    [['history', 'deploy/web', '--revision=-1'], 'revision must be a positive integer: -1'],
    [['status', 'deploy/web', '--revision=9'], 'desired revision (9) is different from the running revision (0)'],
    [['undo', 'deploy/web', '--to-revision=-1'], 'unable to find specified revision -1 in history'],
  ])('%j', (words, text) => {
    const { stdout, stderr } = cluster(deployment('web'))(['rollout', ...words]);
    expect(stdout).toBe('');
    expect(stderr).toContain(`error: ${text}\n`);
  });

  it('shows what an undo would bring back', () => {
    const server = new Cluster({ name: 'test', nodes: [{ name: 'node1', internalIP: '10.0.0.11' }] });
    kubectlOn(server, ['create', '-f', '-'], { stdin: deployment('web') });
    server.advance(10_000);
    kubectlOn(server, ['set', 'image', 'deploy/web', 'c=nginx:2']);
    server.advance(10_000);
    expect(kubectlOn(server, ['rollout', 'undo', 'deploy/web', '--dry-run=client']).stdout).toMatch(
      /^deployment\.apps\/web Pod Template:\n {2}Labels:\tapp=x\n\tpod-template-hash=\w+\n {2}Containers:\n {3}c:\n {4}Image:\tnginx:1\n[^]* {2}Tolerations:\t<none>\n \(dry run\)\n$/,
    );
    expect(kubectlOn(server, ['rollout', 'undo', 'deploy/web', '--dry-run=client', '-o', 'name']).stdout).toBe(
      'deployment.apps/web\n',
    );
  });
});
