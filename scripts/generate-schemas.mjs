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
const { worldSchema } = await server.ssrLoadModule('/src/course/world-schema.ts');
const json = z.toJSONSchema(worldSchema, { io: 'input' });
writeFileSync(`${root}content/worlds/world.schema.json`, `${JSON.stringify(json, null, 2)}\n`);
await server.close();
