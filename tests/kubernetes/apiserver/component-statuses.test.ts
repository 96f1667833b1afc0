import { describe, expect, it } from 'vitest';
import { simulate } from '@/course/simulation';
import { runLine } from '@/shell/interpreter';
import { parsePlace } from '@/shell/place';
import { Session } from '@/shell/session';

describe('kubectl get componentstatuses', () => {
  it('asks how the control plane is, and warns that nobody should', () => {
    const cluster = simulate({ name: 'cs', nodes: [{ name: 'node1', internalIP: '10.0.0.11' }] });
    const session = new Session(cluster, parsePlace('client', ['client']));
    const listed = cluster.run(runLine(session, 'kubectl get cs'));
    expect(listed.stdout).toBe(
      'NAME                 STATUS    MESSAGE   ERROR\n' +
        'etcd-0               Healthy   ok        \n' +
        'controller-manager   Healthy   ok        \n' +
        'scheduler            Healthy   ok        \n',
    );
    expect(listed.stderr).toBe('Warning: v1 ComponentStatus is deprecated in v1.19+\n');
    expect(cluster.run(runLine(session, 'kubectl get cs nosuch')).stderr).toContain(
      'Error from server (NotFound): componentstatuses "nosuch" not found\n',
    );
  });
});
