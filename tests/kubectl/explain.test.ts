import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { provideDescriptions, provideOlderDescriptions } from '@/kubectl/explain/descriptions';
import file from '@/kubectl/explain/descriptions-v1.36.json';
import { loadDescriptions } from '@/kubectl/explain/load';
import { wordWrap } from '@/kubectl/explain/word-wrap';
import { wrapParagraphs } from '@/kubectl/explain/wrap-paragraphs';
import { Cluster } from '@/kubernetes/cluster';
import { cluster, kubectlOn } from './run';
import structure from '@/kubernetes/api/structure/v1.36.json';

const world = { name: 'test', nodes: [], without: ['kube-scheduler', 'workload-controllers'] };

function explain(words: string, server = new Cluster(world)) {
  return kubectlOn(server, ['explain', ...words.split(' ')]);
}

beforeEach(() => loadDescriptions());
afterEach(() => {
  provideDescriptions(undefined);
  provideOlderDescriptions(undefined);
});

describe('kubectl explain', () => {
  it('prints a field that is a value', () => {
    expect(explain('pod.spec.hostPID').stdout).toBe(
      `KIND:       Pod
VERSION:    v1

FIELD: hostPID <boolean>


DESCRIPTION:
    Use the host's pid namespace. Optional: Default to false.
    

`,
    );
  });

  it('appends the values of an enumeration, also those that are named after others', () => {
    const { stdout } = explain('endpointslices.discovery.k8s.io.addressType');
    expect(stdout).toContain('FIELD: addressType <string>\nENUM:\n    FQDN\n    IPv4\n    IPv6\n\nDESCRIPTION:\n');
    expect(stdout).toContain(
      '    Possible enum values:\n     - `"FQDN"` represents a FQDN.\n     - `"IPv4"` represents',
    );
  });

  it('adds what a list is made of, and shows at most four values of an enumeration in a list of fields', () => {
    const { stdout } = explain('deploy.spec.template.spec.topologySpreadConstraints');
    expect(stdout).toContain('FIELD: topologySpreadConstraints <[]TopologySpreadConstraint>\n');
    expect(stdout).toContain('    TopologySpreadConstraint specifies how to spread');
    expect(stdout).toContain('  whenUnsatisfiable\t<string> -required-\n  enum: DoNotSchedule, ScheduleAnyway\n');
  });

  it('goes down with --recursive and stops at a type inside itself', () => {
    const { stdout } = explain('crd.spec.versions.schema.openAPIV3Schema -R');
    expect(stdout).toContain('  additionalProperties\t<JSONSchemaPropsOrBool>\n');
    expect(stdout).toContain('  allOf\t<[]JSONSchemaProps>\n  anyOf\t<[]JSONSchemaProps>\n');
    expect(explain('pod.spec.securityContext --recursive').stdout).toContain(
      '  seccompProfile\t<SeccompProfile>\n    localhostProfile\t<string>\n    type\t<string> -required-\n    enum: Localhost,',
    );
  });

  it('names the last word of a path that does not exist, after the head', () => {
    const { stdout, stderr, code } = explain('svc.spec.nothing.here');
    expect({ stdout, stderr, code }).toEqual({
      stdout: 'KIND:       Service\nVERSION:    v1\n\n',
      stderr: 'error: field "here" does not exist\n',
      code: 1,
    });
  });

  it('takes a group after the plural name only, and a version by --api-version', () => {
    expect(explain('deployments.apps.spec.paused').stdout).toContain('FIELD: paused <boolean>');
    expect(explain('deployment.apps').stderr).toBe('error: field "apps" does not exist\n');
    expect(explain('pods --api-version=v2').stderr).toBe(`error: couldn't find resource for "/v2, Resource=pods"\n`);
    expect(explain('pods --api-version=apps/v1').stderr).toBe(
      'error: GVR (apps/v1, Resource=pods) not found in OpenAPI schema\n',
    );
    expect(explain('pods --output=json').stderr).toBe('error: unrecognized format: json\n');
  });

  it('explains the fields, values and texts of an older server', async () => {
    const at = (kubernetes: '1.34' | '1.35', words: string) => explain(words, new Cluster({ ...world, kubernetes }));
    await loadDescriptions('1.34');
    expect(at('1.34', 'pod.spec.tolerations.operator').stdout).toContain('ENUM:\n    Equal\n    Exists\n\n');
    expect(at('1.34', 'pod.spec.hostUsers').stdout).toContain('alpha-level');
    expect(at('1.35', 'pod.spec.workloadRef.podGroup').stdout).toContain('FIELD: podGroup <string>');
    expect(at('1.34', 'pod.spec.workloadRef').stderr).toBe('error: field "workloadRef" does not exist\n');
    expect(explain('pod.spec.workloadRef').stderr).toBe('error: field "workloadRef" does not exist\n');
    expect(at('1.35', 'hpa').stdout).toContain('  spec\t<HorizontalPodAutoscalerSpec>\n');
    expect(explain('hpa').stdout).toContain('  spec\t<HorizontalPodAutoscalerSpec> -required-\n');
    expect(at('1.35', 'mutatingadmissionpolicies').stderr).toContain(
      'the server doesn\'t have a resource type "mutatingadmissionpolicies"',
    );
  });

  it('gives no text of another minor for one that is not loaded', () => {
    provideOlderDescriptions(undefined);
    const { stdout } = explain('pod.spec.hostUsers', new Cluster({ ...world, kubernetes: '1.34' }));
    expect(stdout).toContain('FIELD: hostUsers <boolean>');
    expect(stdout).toContain('Descriptions are not loaded here');
  });

  it('says that descriptions are not loaded, and prints fields and types all the same', () => {
    provideDescriptions(undefined);
    const { stdout, code } = explain('pod.spec.containers.ports');
    expect(code).toBe(0);
    expect(stdout).toContain('DESCRIPTION:\n    Descriptions are not loaded here; fields, types and values are.');
    expect(stdout).toContain('  hostPort\t<integer>\n\n');
    expect(stdout).not.toContain('<no description>');
  });
});

describe('the descriptions', () => {
  it('cover every kind that is served, and no lists', () => {
    const kinds = new Set(structure.resources.map(({ groupVersion, kind }) => `${groupVersion}/${kind}`));
    for (const [id, schema] of Object.entries(structure.schemas)) {
      const gvks = 'x-kubernetes-group-version-kind' in schema ? schema['x-kubernetes-group-version-kind'] : [];
      const served = gvks.some(({ group, version, kind }) =>
        kinds.has(`${group === '' ? '' : `${group}/`}${version}/${kind}`),
      );
      if (served) expect(file.schemas, id).toHaveProperty([id]);
    }
    expect(Object.keys(file.schemas)).not.toContain('io.k8s.api.core.v1.PodList');
  });

  it('hold no markers and no TODOs', () => {
    for (const text of file.texts) expect(text).not.toMatch(/^\s*(?:\+(?:optional|k8s:|enum|listType)|TODO)/m);
  });
});

describe('wordWrap', () => {
  it('breaks at the last space that fits and drops it', () => {
    expect(wordWrap('one two three', 7)).toBe('one two\nthree');
    expect(wordWrap('  - a list\n\nnext', 76)).toBe('  - a list\n\nnext');
  });

  it('leaves a word as long as the line where it stands', () => {
    expect(wordWrap('see https://kubernetes.io/', 10)).toBe('see\nhttps://kubernetes.io/');
    expect(wordWrap('12345678 abcdefgh ij', 8)).toBe('12345678\nabcdefgh\nij');
  });

  it('changes nothing but white space, and no line is too long without need', () => {
    const words = fc.array(fc.stringMatching(/^[a-z.]{1,14}$/), { maxLength: 30 });
    fc.assert(
      fc.property(words, fc.integer({ min: 4, max: 40 }), (list, limit) => {
        const wrapped = wordWrap(list.join(' '), limit);
        expect(wrapped.replaceAll('\n', ' ').trim()).toBe(list.join(' '));
        for (const line of wrapped.split('\n'))
          expect(line.length <= limit || line.split(' ').some((word) => word.length >= limit)).toBe(true);
      }),
    );
  });
});

// kubectl/pkg/explain/model_printer.go, formatter.go
describe('explain --output=plaintext-openapiv2', () => {
  const explain = (...words: string[]) => cluster()(['explain', ...words, '--output=plaintext-openapiv2']).stdout;

  it('prints a field with its type', () => {
    expect(explain('pods.spec.hostNetwork')).toBe(`KIND:     Pod
VERSION:  v1

FIELD:    hostNetwork <boolean>

DESCRIPTION:
     Host networking requested for this pod. Use the host's network namespace.
     When using HostNetwork you should specify ports so the scheduler is aware.
     When \`hostNetwork\` is true, specified \`hostPort\` fields in port definitions
     must match \`containerPort\`, and unspecified \`hostPort\` fields in port
     definitions are defaulted to match \`containerPort\`. Default to false.
`);
  });

  it('calls choices texts and objects of anything maps', () => {
    expect(explain('svc.spec.ports')).toContain('   targetPort\t<string>\n');
    expect(explain('cm', '--recursive')).toContain('      managedFields\t<[]Object>\n         apiVersion\t<string>\n');
    expect(explain('cm', '--recursive')).toContain('         fieldsV1\t<map[string]>\n');
  });
});

describe('wrapParagraphs', () => {
  it('begins anew after a colon, at lists and at empty lines, and leaves code alone', () => {
    expect(wrapParagraphs('one two three:\nfour\n- five\nsix\n\n    code  here', 9)).toEqual([
      'one two',
      'three:',
      'four',
      '- five',
      'six',
      '',
      '    code  here',
    ]);
  });
});
