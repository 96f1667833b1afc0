// Upstream: staging/src/k8s.io/pod-security-admission/policy/check_restrictedVolumes.go
import { type Check, plural, quoted, sortedSet } from '../check';

const allowed = new Set([
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'image',
  'persistentVolumeClaim',
  'projected',
  'secret',
]);

export const restrictedVolumes: Check = {
  id: 'restrictedVolumes',
  level: 'restricted',
  rules: [
    {
      since: 0,
      rule({ spec }) {
        const names: string[] = [];
        const types: string[] = [];
        for (const volume of spec.volumes ?? []) {
          const type = Object.entries(volume).find(([field, source]) => field !== 'name' && source !== undefined)?.[0];
          if (type === undefined || allowed.has(type)) continue;
          names.push(volume.name);
          types.push(type);
        }
        if (names.length === 0) return undefined;
        const kinds = sortedSet(types);
        const what = `restricted volume ${plural('type', 'types', kinds.length)} ${quoted(kinds)}`;
        const who = `${plural('volume', 'volumes', names.length)} ${quoted(names)} ${plural('uses', 'use', names.length)}`;
        return { reason: 'restricted volume types', detail: `${who} ${what}` };
      },
    },
  ],
  overrides: ['hostPathVolumes'],
};
