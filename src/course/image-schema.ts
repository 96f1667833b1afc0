import * as z from 'zod';
import type { ImageFile } from '@/kubernetes/runtime/image';

const texts = z.record(z.string(), z.string());
const headers = z.array(z.tuple([z.string(), z.string()]));

const line = z.union([
  z.string(),
  z.strictObject({
    text: z.string(),
    stream: z.enum(['stdout', 'stderr']).optional(),
    after: z.number().optional().describe('Milliseconds after the line before'),
    if: z.enum(['missing', 'open', 'closed']).optional().describe('Only where the file that it touches is so'),
  }),
]);
const lines = z.array(line);

const stop = z
  .strictObject({ exitCode: z.int(), after: z.number().optional(), log: lines.optional() })
  .describe('What it does on SIGTERM; without it PID 1 waits for SIGKILL');

const setting = z.strictObject({
  flag: z.string().optional(),
  env: z.string().optional(),
  default: z.string(),
  type: z.enum(['text', 'address']).optional().describe('address also gives ${name.host} and ${name.port}'),
});

const route = z.strictObject({
  path: z.string().describe('/, /metrics, /static/*, *'),
  methods: z.array(z.string()).optional(),
  status: z.int(),
  headers: headers.optional(),
  body: z.string().optional(),
  file: z.string().optional(),
  exposition: z.string().optional().describe('A page of metrics under content/images/pages; without it, the body'),
  log: lines.optional(),
});

const server = z.strictObject({
  kind: z.literal('server'),
  comm: z.string().optional(),
  title: z.string().optional(),
  startup: z.number().optional().describe('Milliseconds until it binds'),
  settings: z.record(z.string(), setting).optional(),
  workers: z
    .strictObject({
      comm: z.string(),
      title: z.string(),
      uid: z.int().optional(),
      count: z.union([z.int(), z.literal('cpus')]),
    })
    .optional(),
  listens: z
    .array(
      z.strictObject({
        protocol: z.string().optional(),
        style: z.enum(['go', 'plain']).optional(),
        address: z.string(),
        port: z.string(),
        v6only: z.boolean().optional(),
        backlog: z.int().optional(),
        reusePort: z.boolean().optional(),
      }),
    )
    .optional(),
  makes: z.string().optional().describe('The folder that it makes before it binds'),
  configuration: z.string().optional().describe('The file of nginx that says what it listens on and answers'),
  before: lines.optional().describe('Lines before it binds'),
  log: lines.optional().describe('Lines once it listens'),
  bindFailure: z
    .strictObject({
      rounds: z.int().optional(),
      interval: z.number().optional(),
      each: lines.optional(),
      afterRound: lines.optional(),
      finally: lines.optional(),
      exitCode: z.int(),
      triesAll: z.boolean().optional(),
      clockStands: z.boolean().optional(),
    })
    .optional(),
  http: z
    .strictObject({
      version: z.enum(['1.0', '1.1']).optional(),
      headers: headers.optional(),
      routes: z.array(route),
      accessLog: line.optional(),
    })
    .optional(),
  stop: stop.optional(),
});

const program = z.discriminatedUnion('kind', [
  server,
  z.strictObject({
    kind: z.literal('entrypoint'),
    when: z.array(z.string()).optional(),
    log: lines.optional(),
    touches: z.string().optional().describe('The file that it is about to change'),
    default: z.string().optional(),
  }),
  z.strictObject({ kind: z.literal('sleep'), log: lines.optional(), stop: stop.optional() }),
]);
const programs = z.record(z.string(), program);

/** The form of content/images/<id>.yaml; content/images/image.schema.json is made from it (`npm run generate`). */
export const imageSchema = z.strictObject({
  id: z.string().describe('Name of the file'),
  about: z.string().optional(),
  repositories: z.array(z.string()).describe('docker.io/library/nginx; * stands for any text'),
  tags: z
    .array(
      z.strictObject({
        match: z.string(),
        size: z.int().optional(),
        variables: texts.optional(),
        tools: z.array(z.string()).optional().describe('Instead of the image’s own'),
        programs: programs.optional(),
      }),
    )
    .optional(),
  size: z.int().optional(),
  memory: z.string().optional().describe('The working set of a container of it that has nothing to do: 5Mi'),
  user: z.int().optional(),
  groups: z.array(z.int()).optional(),
  reportedAs: z.string().optional(),
  stopSignal: z.enum(['SIGTERM', 'SIGQUIT', 'SIGINT']).optional().describe('STOPSIGNAL; default SIGTERM'),
  entrypoint: z.array(z.string()).optional(),
  cmd: z.array(z.string()).optional(),
  env: texts.optional(),
  variables: texts.optional(),
  tools: z.array(z.string()).optional(),
  files: texts.optional(),
  programs: programs.optional(),
}) satisfies z.ZodType<ImageFile>;
