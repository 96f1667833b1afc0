import type { Task } from '@/kubernetes/clock/task';
import type { CommandDefinition } from '../command-tree';
import { KubectlError } from '../errors';
import { output } from '../explain/plaintext';
import { outputOpenApiV2 } from '../explain/plaintext-openapi-v2';
import { Documentation } from '../explain/schema';
import { target } from '../explain/target';
import { bool, string } from '../flags/flag';

/** Upstream: kubectl/pkg/cmd/explain/explain.go. The texts are loaded by whoever hosts kubectl (explain/load.ts). */
export const explain: CommandDefinition = {
  name: 'explain',
  short: 'Get documentation for a resource',
  flags: [bool('recursive', 'R'), string('api-version'), string('output', 'o', 'plaintext')],
  *run(invocation): Task<void> {
    const { flags } = invocation;
    const [request] = flags.args;
    if (request === undefined) {
      throw new KubectlError(
        'You must specify the type of resource to explain. Use "kubectl api-resources" for a complete list of supported resources.\n',
      );
    }
    if (flags.args.length > 1) throw new KubectlError('We accept only this format: explain RESOURCE\n');
    const { mapping, path } = target(request, flags.string('api-version'), invocation.minor, (text) =>
      invocation.warn(text),
    );
    const format = flags.string('output');
    if (format === 'plaintext-openapiv2') {
      const documentation = new Documentation(invocation.minor);
      const schema = documentation.ofKind(mapping);
      const { group, version, kind } = mapping;
      if (!schema) throw new KubectlError(`couldn't find resource for "${group}/${version}, Kind=${kind}"`);
      invocation.out(outputOpenApiV2(documentation, mapping, schema, path, flags.bool('recursive')));
      return;
    }
    if (format !== 'plaintext') throw new KubectlError(`unrecognized format: ${format}`);
    const group = mapping.group === '' ? '' : `GROUP:      ${mapping.group}\n`;
    invocation.out(`${group}KIND:       ${mapping.kind}\nVERSION:    ${mapping.version}\n\n`);
    const documentation = new Documentation(invocation.minor);
    const schema = documentation.ofKind(mapping);
    const { group: name, version, kind } = mapping;
    if (!schema) {
      throw new KubectlError(`GVK map[group:${name} kind:${kind} version:${version}] not found in OpenAPI schema`);
    }
    const text = output(documentation, schema, path, flags.bool('recursive'));
    if (text === '') throw new KubectlError(`field "${path.at(-1) ?? ''}" does not exist`);
    invocation.out(`${text}\n`);
  },
};
