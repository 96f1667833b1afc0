import { describe, expect, it } from 'vitest';
import { verdict } from './verdict';

const registration = 'apiVersion: admissionregistration.k8s.io/v1\nkind:';
const path = "must consist of lower case alphanumeric characters, '-' or '.', and must start and end with";

// pkg/apis/admissionregistration/validation/validation.go
describe('webhooks and mutating policies', () => {
  const hook = (fields: string) =>
    verdict(`${registration} ValidatingWebhookConfiguration\nmetadata: {name: a}\nwebhooks: [{${fields}}]`);

  it('judges a webhook', () => {
    expect(
      hook('name: a.b, clientConfig: {url: "http://x"}, admissionReviewVersions: [v2], timeoutSeconds: 31'),
    ).toEqual([
      'webhooks[0].name: Invalid value: "a.b": should be a domain with at least three segments separated by dots',
      'webhooks[0].sideEffects: Required value: must specify one of None, NoneOnDryRun',
      'webhooks[0].timeoutSeconds: Invalid value: 31: the timeout value must be between 1 and 30 seconds',
      'webhooks[0].clientConfig.url: Invalid value: "http": \'https\' is the only allowed URL scheme; desired format: https://host[/path]',
      'webhooks[0].admissionReviewVersions: Invalid value: ["v2"]: must include at least one of v1, v1beta1',
    ]);
  });

  it('judges the Service of a webhook', () => {
    const service = 'clientConfig: {service: {name: s, namespace: "", path: "/A//b", port: 0}}';
    expect(hook(`name: a.b.c, sideEffects: None, admissionReviewVersions: [v1], ${service}`)).toEqual([
      'webhooks[0].clientConfig.service.name: Required value',
      'webhooks[0].clientConfig.service.port: Invalid value: 0: port is not valid: must be between 1 and 65535, inclusive',
      `webhooks[0].clientConfig.service.path: Invalid value: "/A//b": segment[0]: a lowercase RFC 1123 subdomain ${path} an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')`,
      'webhooks[0].clientConfig.service.path: Invalid value: "/A//b": segment[1] may not be empty',
    ]);
  });

  it('judges a mutating policy', () => {
    const rule = '{operations: [DELETE], apiGroups: [""], apiVersions: [v1], resources: [pods]}';
    const text = `${registration} MutatingAdmissionPolicy\nmetadata: {name: a}\nspec: {matchConstraints: {resourceRules: [${rule}]}, mutations: [{patchType: JSONPatch, applyConfiguration: {expression: "1"}}]}`;
    expect(verdict(text)).toEqual([
      'spec.matchConstraints.resourceRules.operations: Unsupported value: "DELETE": supported values: "*", "CONNECT", "CREATE", "UPDATE"',
      'spec.mutations[0].jsonPatch: Required value: must be specified when patchType is JSONPatch',
      'spec.mutations[0].applyConfiguration: Invalid value: "{applyConfiguration}": must not be specified when patchType is JSONPatch',
      'spec.reinvocationPolicy: Required value',
    ]);
  });
});
