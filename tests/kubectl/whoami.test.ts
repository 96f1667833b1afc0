import { expect, it } from 'vitest';
import { simulate } from '@/course/simulation';
import { runLine } from '@/shell/interpreter';
import { parsePlace } from '@/shell/place';
import { Session } from '@/shell/session';
import type { WorldFile } from '@/kubernetes/world';

function whoami(world: Partial<WorldFile>, flags = ''): string {
  const cluster = simulate({ name: 'who', nodes: [{ name: 'node1', internalIP: '10.0.0.11' }], ...world });
  return cluster.run(runLine(new Session(cluster, parsePlace('client', ['client'])), `kubectl auth whoami ${flags}`))
    .stdout;
}

// kubectl/pkg/cmd/auth/whoami.go; kubeadm's admin.conf has a certificate of kubeadm:cluster-admins, which has no UID
it('tells what the certificate or token of the administrator says', () => {
  expect(whoami({ administrator: { groups: ['kubeadm:cluster-admins'] } })).toBe(
    'ATTRIBUTE   VALUE\nUsername    kubernetes-admin\nGroups      [kubeadm:cluster-admins system:authenticated]\n',
  );
  expect(whoami({ administrator: { uid: 'root', groups: ['system:masters'] } })).toBe(
    'ATTRIBUTE   VALUE\nUsername    kubernetes-admin\nUID         root\nGroups      [system:masters system:authenticated]\n',
  );
  expect(whoami({ administrator: { uid: 'root', groups: ['system:masters'] } }, '--as jane')).toBe(
    'ATTRIBUTE   VALUE\nUsername    jane\nGroups      [system:authenticated]\n',
  );
});
