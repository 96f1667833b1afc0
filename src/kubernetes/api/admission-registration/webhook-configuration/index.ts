// Upstream: pkg/registry/admissionregistration/*webhookconfiguration/strategy.go, pkg/apis/admissionregistration/v1/defaults.go
import { optionalOneOf } from '../../core/pod-spec/validation/supported';
import { defineKind } from '../../define-kind';
import type {
  MutatingWebhook,
  MutatingWebhookConfiguration,
  ValidatingWebhook,
  ValidatingWebhookConfiguration,
} from '../../generated/admissionregistration-v1';
import { countGeneration } from '../../generation';
import { dns1123Subdomain } from '../../meta/names';
import { validateWebhooks } from './validation';

const usualTimeout = 10;
const usualPort = 443;

const common = {
  group: 'admissionregistration.k8s.io',
  version: 'v1',
  namespaced: false,
  updates: ['whole'],
  standardFinalizers: false,
  name: dns1123Subdomain,
} as const;

function defaultWebhook(hook: ValidatingWebhook | MutatingWebhook): void {
  hook.failurePolicy ??= 'Fail';
  hook.matchPolicy ??= 'Equivalent';
  hook.namespaceSelector ??= {};
  hook.objectSelector ??= {};
  hook.timeoutSeconds ??= usualTimeout;
  if (hook.clientConfig?.service) hook.clientConfig.service.port ??= usualPort;
  for (const rule of hook.rules ?? []) rule.scope ??= '*';
}

export const validatingWebhookConfiguration = defineKind<ValidatingWebhookConfiguration>({
  ...common,
  kind: 'ValidatingWebhookConfiguration',
  setDefaults: ({ webhooks }) => webhooks?.forEach(defaultWebhook),
  prepareForCreate({ metadata }) {
    metadata.generation = 1;
  },
  prepareForUpdate: (object, old) => countGeneration(object, old),
  validateContent: ({ webhooks }) => validateWebhooks(webhooks ?? [], () => []),
});

export const mutatingWebhookConfiguration = defineKind<MutatingWebhookConfiguration>({
  ...common,
  kind: 'MutatingWebhookConfiguration',
  setDefaults({ webhooks }) {
    for (const hook of webhooks ?? []) {
      defaultWebhook(hook);
      hook.reinvocationPolicy ??= 'Never';
    }
  },
  prepareForCreate({ metadata }) {
    metadata.generation = 1;
  },
  prepareForUpdate: (object, old) => countGeneration(object, old),
  validateContent: ({ webhooks }) =>
    validateWebhooks(webhooks ?? [], ({ reinvocationPolicy }, at) =>
      optionalOneOf(reinvocationPolicy, ['IfNeeded', 'Never'], at.child('reinvocationPolicy')),
    ),
});
