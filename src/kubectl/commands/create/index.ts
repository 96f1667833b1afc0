import type { CommandDefinition } from '../../command-tree';
import * as config from './config';
import { generatorCommand } from './generator';
import * as network from './network';
import * as rbac from './rbac';
import { token } from './token';
import * as workloads from './workloads';

/** `kubectl create TYPE`, in the order of kubectl's own help. */
export const generators: readonly CommandDefinition[] = [
  generatorCommand(rbac.clusterRole),
  generatorCommand(rbac.clusterRoleBinding),
  generatorCommand(config.configMap),
  generatorCommand(workloads.cronJob),
  generatorCommand(workloads.deployment),
  generatorCommand(network.ingress),
  generatorCommand(workloads.job),
  generatorCommand(config.namespace),
  generatorCommand(workloads.podDisruptionBudget),
  generatorCommand(workloads.priorityClass),
  generatorCommand(workloads.quota),
  generatorCommand(rbac.role),
  generatorCommand(rbac.roleBinding),
  {
    name: 'secret',
    short: 'Create a secret using a specified subcommand',
    commands: [config.dockerSecret, config.genericSecret, config.tlsSecret].map(generatorCommand),
  },
  {
    name: 'service',
    aliases: ['svc'],
    short: 'Create a service using a specified subcommand',
    commands: [network.clusterIp, network.externalName, network.loadBalancer, network.nodePort].map(generatorCommand),
  },
  generatorCommand(config.serviceAccount),
  token,
];
