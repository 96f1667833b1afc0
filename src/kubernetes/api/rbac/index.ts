// Upstream: pkg/registry/rbac/*/strategy.go
import { defineKind } from '../define-kind';
import { Path } from '../field-error';
import type { ClusterRole, ClusterRoleBinding, Role, RoleBinding } from '../generated/rbac-v1';
import { pathSegmentName } from '../meta/names';
import { validateImmutableOnce } from './immutable';
import {
  defaultBinding,
  rbacGroup,
  validateAggregation,
  validateRoleRef,
  validateRules,
  validateSubjects,
} from './validation';

const common = { group: rbacGroup, version: 'v1', name: pathSegmentName } as const;

export const role = defineKind<Role>({
  ...common,
  kind: 'Role',
  namespaced: true,
  updates: ['whole', 'meta'],
  validateContent: ({ rules }) => validateRules(rules, true),
});

export const clusterRole = defineKind<ClusterRole>({
  ...common,
  kind: 'ClusterRole',
  namespaced: false,
  updates: ['whole', 'meta'],
  validateContent: (object) => [...validateRules(object.rules, false), ...validateAggregation(object)],
});

export const roleBinding = defineKind<RoleBinding>({
  ...common,
  kind: 'RoleBinding',
  namespaced: true,
  updates: ['whole', 'meta', 'change'],
  setDefaults: defaultBinding,
  validateContent: ({ roleRef, subjects }) => [
    ...validateRoleRef(roleRef, ['Role', 'ClusterRole']),
    ...validateSubjects(subjects, true),
  ],
  validateChange: (object, old) => validateImmutableOnce(object.roleRef, old.roleRef, Path.of('roleRef')),
});

export const clusterRoleBinding = defineKind<ClusterRoleBinding>({
  ...common,
  kind: 'ClusterRoleBinding',
  namespaced: false,
  updates: ['whole', 'meta', 'change'],
  setDefaults: defaultBinding,
  validateContent: ({ roleRef, subjects }) => [
    ...validateRoleRef(roleRef, ['ClusterRole']),
    ...validateSubjects(subjects, false),
  ],
  validateChange: (object, old) => validateImmutableOnce(object.roleRef, old.roleRef, Path.of('roleRef')),
});
