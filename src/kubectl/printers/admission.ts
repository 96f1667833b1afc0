import type {
  MutatingAdmissionPolicy,
  MutatingAdmissionPolicyBinding,
  MutatingWebhookConfiguration,
  ValidatingAdmissionPolicy,
  ValidatingAdmissionPolicyBinding,
  ValidatingWebhookConfiguration,
} from '@/kubernetes/api/generated/admissionregistration-v1';
import { selectorText } from '@/kubernetes/controllers/selector-text';
import { type Column, ageColumn, column, nameColumn } from './column';

type Webhooks = ValidatingWebhookConfiguration | MutatingWebhookConfiguration;

function webhookColumns<T extends Webhooks>(): Column<T>[] {
  return [nameColumn(), column('WEBHOOKS', ({ webhooks }) => String(webhooks?.length ?? 0)), ageColumn()];
}

export const validatingWebhooks: readonly Column<ValidatingWebhookConfiguration>[] = webhookColumns();
export const mutatingWebhooks: readonly Column<MutatingWebhookConfiguration>[] = webhookColumns();

function paramKind<T extends ValidatingAdmissionPolicy | MutatingAdmissionPolicy>(): Column<T> {
  return column('PARAMKIND', ({ spec }) =>
    spec?.paramKind ? `${spec.paramKind.apiVersion ?? ''}/${spec.paramKind.kind ?? ''}` : '<unset>',
  );
}

export const validatingPolicies: readonly Column<ValidatingAdmissionPolicy>[] = [
  nameColumn(),
  column('VALIDATIONS', ({ spec }) => String(spec?.validations?.length ?? 0)),
  paramKind(),
  ageColumn(),
];

export const mutatingPolicies: readonly Column<MutatingAdmissionPolicy>[] = [
  nameColumn(),
  column('MUTATIONS', ({ spec }) => String(spec?.mutations?.length ?? 0)),
  paramKind(),
  ageColumn(),
];

function bindingColumns<T extends ValidatingAdmissionPolicyBinding | MutatingAdmissionPolicyBinding>(): Column<T>[] {
  return [
    nameColumn(),
    column('POLICYNAME', ({ spec }) => spec?.policyName ?? ''),
    column('PARAMREF', ({ spec }) => {
      const { name = '', namespace = '', selector } = spec?.paramRef ?? {};
      // Whether the parameter has a namespace cannot be told from here.
      if (name !== '') return `${namespace || '*'}/${name}`;
      return selector ? selectorText(selector) : '<unset>';
    }),
    ageColumn(),
  ];
}

export const validatingBindings: readonly Column<ValidatingAdmissionPolicyBinding>[] = bindingColumns();
export const mutatingBindings: readonly Column<MutatingAdmissionPolicyBinding>[] = bindingColumns();
