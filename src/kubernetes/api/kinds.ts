import type { KindDefinition } from './kind';
import { daemonSet } from './apps/daemon-set';
import { deployment } from './apps/deployment';
import { replicaSet } from './apps/replica-set';
import { statefulSet } from './apps/stateful-set';
import { cronJob } from './batch/cron-job';
import { job } from './batch/job';
import { namespace } from './core/namespace';
import { node } from './core/node';
import { persistentVolumeClaim } from './core/persistent-volume-claim';
import { pod } from './core/pod';
import { podTemplate } from './core/pod-template';
import { replicationController } from './core/replication-controller';
import { service } from './core/service';

/** Every kind that has rules of its own. Adding a kind: a folder beside the others, and a line here. */
export const kindDefinitions: readonly KindDefinition[] = [
  namespace,
  node,
  pod,
  podTemplate,
  replicationController,
  service,
  persistentVolumeClaim,
  deployment,
  replicaSet,
  daemonSet,
  statefulSet,
  job,
  cronJob,
];
