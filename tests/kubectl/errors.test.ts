import { describe, expect, it } from 'vitest';
import { KubectlError, SeveralErrors, StatusError, render, withSource } from '@/kubectl/errors';
import { invalidStatus, notFoundStatus } from '@/kubernetes/apiserver/status';

const cause = (field: string, body: string) => ({ field, body, reason: 'FieldValueRequired' }) as const;
const image = cause('spec.containers[0].image', 'Required value');
const port = cause('spec.containers[0].ports[0].containerPort', 'Required value');

describe('what kubectl prints about a failure', () => {
  it('its own: with error: in front', () => {
    expect(render(new KubectlError('the path "x" does not exist'))).toEqual({
      text: 'error: the path "x" does not exist\n',
      code: 1,
    });
  });

  it("the server's: with its reason", () => {
    const error = withSource('deleting', 'web.yaml', new StatusError(notFoundStatus('pods', '', 'web')));
    expect(render(error).text).toBe(
      'Error from server (NotFound): error when deleting "web.yaml": pods "web" not found\n',
    );
  });

  it('an invalid object: in one line, or as a list', () => {
    const one = withSource('creating', 'a.yaml', new StatusError(invalidStatus('Deployment', 'apps', 'web', [image])));
    expect(render(one).text).toBe('The Deployment "web" is invalid: spec.containers[0].image: Required value\n');
    const two = new StatusError(invalidStatus('Pod', '', 'web', [image, port, image]));
    expect(render(two).text).toBe(
      'The Pod "web" is invalid: \n* spec.containers[0].image: Required value\n* spec.containers[0].ports[0].containerPort: Required value\n',
    );
  });

  it('several failures: a line each, and the same 422 reads differently', () => {
    const invalid = withSource(
      'creating',
      'a.yaml',
      new StatusError(invalidStatus('Deployment', 'apps', 'web', [image])),
    );
    expect(render(new SeveralErrors([invalid, new KubectlError('and this')])).text).toBe(
      'Error from server (Invalid): error when creating "a.yaml": Deployment.apps "web" is invalid: spec.containers[0].image: Required value\nand this\n',
    );
  });
});
