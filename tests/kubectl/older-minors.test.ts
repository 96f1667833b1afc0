import { describe, expect, it } from 'vitest';
import type { KubernetesVersion } from '@/kubernetes/api/kind';
import structure from '@/kubernetes/api/structure/v1.36.json';
import unserved from '@/kubernetes/api/versions/unserved.json';
import { schemasOf } from '@/kubectl/resource/published-schemas';
import { Cluster } from '@/kubernetes/cluster';
import { kubectlOn } from './run';

const pod = `apiVersion: v1
kind: Pod
metadata: {name: web}
spec: {containers: [{name: web, image: nginx}]}
`;
const policy = `apiVersion: admissionregistration.k8s.io/v1
kind: MutatingAdmissionPolicy
metadata: {name: label}
`;

/** A place to run several commands at, on a server without nodes. */
function at(kubernetes: KubernetesVersion, environment: Readonly<Record<string, string>> = {}) {
  const cluster = new Cluster({
    name: 'test',
    nodes: [],
    without: ['kube-scheduler', 'workload-controllers'],
    kubernetes,
  });
  cluster.advance(1000);
  const files = new Map([
    ['pod.yaml', pod],
    ['policy.yaml', policy],
  ]);
  return (words: string) => kubectlOn(cluster, words.split(' '), { files, environment });
}

describe('the server of an older minor', () => {
  it('lists the resources it serves', () => {
    const names = (minor: KubernetesVersion) => at(minor)('api-resources -o name').stdout.split('\n');
    expect(names('1.36')).toContain('mutatingadmissionpolicies.admissionregistration.k8s.io');
    expect(names('1.35')).not.toContain('mutatingadmissionpolicies.admissionregistration.k8s.io');
    expect(names('1.36').length - names('1.34').length).toBe(2);
  });

  it('does not know the kinds of a later one', () => {
    expect(at('1.35')('apply -f policy.yaml').stderr).toBe(
      'error: resource mapping not found for name: "label" namespace: "" from "policy.yaml": no matches for kind "MutatingAdmissionPolicy" in version "admissionregistration.k8s.io/v1"\nensure CRDs are installed first\n',
    );
    expect(at('1.34')('get mutatingadmissionpolicies').stderr).toBe(
      'error: the server doesn\'t have a resource type "mutatingadmissionpolicies"\n',
    );
    expect(at('1.36')('get mutatingadmissionpolicies').stderr).toBe('No resources found\n');
  });

  it('says its release', () => {
    expect(at('1.34')('version').stdout).toContain('Client Version: v1.34.4\nKustomize Version: v5.7.1\n');
    expect(at('1.35')('version').stdout).toContain('Server Version: v1.35.4\n');
  });

  it('publishes the schemas that its release does', () => {
    const podSpec = (minor: KubernetesVersion) => schemasOf(minor)['io.k8s.api.core.v1.PodSpec']?.properties ?? {};
    expect('workloadRef' in podSpec('1.34')).toBe(false);
    expect('workloadRef' in podSpec('1.35')).toBe(true);
    expect('schedulingGroup' in podSpec('1.35')).toBe(false);
    expect('schedulingGroup' in podSpec('1.36')).toBe(true);
    for (const minor of ['1.34', '1.35'] as const) {
      const schemas = schemasOf(minor);
      const missing = JSON.stringify(schemas)
        .match(/"\$ref":"[^"]+"/g)
        ?.map((text) => text.slice(8, -1))
        .filter((id) => schemas[id] === undefined);
      // Nothing refers to a schema that the minor does not have, but for the lists of kinds it does not serve.
      expect([...new Set(missing)].filter((id) => !id.includes('MutatingAdmissionPolicy'))).toEqual([]);
    }
  });

  it('lacks only resources that the newest serves', () => {
    const served = new Set(structure.resources.map(({ groupVersion, name }) => `${groupVersion} ${name}`));
    for (const names of Object.values(unserved)) for (const name of names) expect(served).toContain(name);
  });
});

describe('the kubectl of an older minor', () => {
  it('has kyaml from 1.35 on, before with a switch', () => {
    expect(at('1.34')('get namespaces -o kyaml').stderr).toBe(
      'error: unable to match a printer suitable for the output format "kyaml", allowed formats are: custom-columns,custom-columns-file,go-template,go-template-file,json,jsonpath,jsonpath-as-json,jsonpath-file,name,template,templatefile,wide,yaml\n',
    );
    expect(at('1.34', { KUBECTL_KYAML: 'true' })('get namespaces -o kyaml').stdout).toMatch(/^---\n\{/);
    expect(at('1.35')('get namespaces -o kyaml').stdout).toMatch(/^---\n\{/);
  });

  it('compares nothing on a dry run of its own', () => {
    const again = (minor: KubernetesVersion) => {
      const run = at(minor);
      run('apply -f pod.yaml');
      return run('apply --dry-run=client -f pod.yaml').stdout;
    };
    expect(again('1.35')).toBe('pod/web configured (dry run)\n');
    expect(again('1.36')).toBe('pod/web unchanged (dry run)\n');
  });

  it('debugs with another profile, and says so', () => {
    const debug = (minor: KubernetesVersion, more = '') => {
      const run = at(minor);
      run('apply -f pod.yaml');
      const { stderr } = run(`debug web --image=busybox -c debugger${more}`);
      return [stderr, run('get pod web -o jsonpath={.spec.ephemeralContainers[0].securityContext}').stdout];
    };
    const tracing = '{"capabilities":{"add":["SYS_PTRACE"]}}';
    expect(debug('1.36')).toEqual(['', tracing]);
    expect(debug('1.35', ' --profile=general')).toEqual(['', tracing]);
    const [warning, context] = debug('1.35');
    expect(warning).toContain('--profile=legacy is deprecated and will be removed in the future.');
    expect(context).toBe('');
    expect(debug('1.36', ' --profile=legacy')[0]).toContain('planned to be removed in v1.39');
    expect(debug('1.36', ' --profile=other')[0]).toBe('error: unknown profile: other\n');
  });

  it('reads what the server answers to a refused upgrade', () => {
    const exec = (minor: KubernetesVersion) => {
      const run = at(minor);
      run('apply -f pod.yaml');
      return run('exec web -- date').stderr;
    };
    expect(exec('1.35')).toBe('Error from server (BadRequest): pod web does not have a host assigned\n');
    expect(exec('1.36')).toBe('error: unable to upgrade connection: pod web does not have a host assigned\n');
  });

  it('puts what was not scaled in front of the reason in 1.34', () => {
    const scale = (minor: KubernetesVersion) => at(minor)('scale deployment web --replicas=2').stderr;
    expect(scale('1.34')).toBe('error: no objects passed to scale deployments.apps "web" not found\n');
    expect(scale('1.35')).toBe('Error from server (NotFound): deployments.apps "web" not found\n');
  });
});
