// Writes the JSON schemas that editors pick up for files under content/, from the schemas the code checks them with.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';
import * as z from 'zod';

const root = fileURLToPath(new URL('..', import.meta.url));
const server = await createServer({
  root,
  configFile: false,
  logLevel: 'error',
  server: { middlewareMode: true },
  resolve: { alias: { '@': `${root}src` } },
});
const targets = [
  { module: '/src/course/world-schema.ts', name: 'worldSchema', file: 'content/worlds/world.schema.json' },
  { module: '/src/course/scenario-schema.ts', name: 'scenarioSchema', file: 'content/scenarios/scenario.schema.json' },
  { module: '/src/course/rule-schema.ts', name: 'ruleSchema', file: 'content/rules/rule.schema.json' },
  { module: '/src/course/image-schema.ts', name: 'imageSchema', file: 'content/images/image.schema.json' },
];
for (const { module, name, file } of targets) {
  const schema = (await server.ssrLoadModule(module))[name];
  writeFileSync(`${root}${file}`, `${JSON.stringify(z.toJSONSchema(schema, { io: 'input' }), null, 2)}\n`);
}
await server.close();
