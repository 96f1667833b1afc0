import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { imageSchema } from '@/course/image-schema';
import { ruleSchema } from '@/course/rule-schema';
import { scenarioSchema } from '@/course/scenario-schema';
import { findScenario, scenarioNames } from '@/course/scenarios';
import { statements } from '@/course/statements';
import { worldSchema } from '@/course/world-schema';
import { findWorld, readWorld, worldNames } from '@/course/worlds';
import { rules } from '@/checker/rules';
import { Cluster } from '@/kubernetes/cluster';

const schemas = [
  ['content/worlds/world.schema.json', worldSchema],
  ['content/scenarios/scenario.schema.json', scenarioSchema],
  ['content/rules/rule.schema.json', ruleSchema],
  ['content/images/image.schema.json', imageSchema],
] as const;

describe('content', () => {
  it.each(schemas)('%s is what the code checks with (npm run generate)', (file, schema) => {
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(z.toJSONSchema(schema, { io: 'input' }));
  });

  it.each([...worldNames])('world %s is well formed and named after its file', (name) => {
    expect(findWorld(name)?.name).toBe(name);
  });

  it.each([...worldNames])('the API server of world %s takes all that the world holds', (name) => {
    const world = findWorld(name);
    expect(world && new Cluster(world).refused).toEqual([]);
  });

  it.each([...scenarioNames])('scenario %s is well formed and its world exists', (name) => {
    const scenario = findScenario(name);
    expect(scenario && findWorld(scenario.world)).toBeDefined();
  });

  it('has words for every rule, and a rule for all words', () => {
    const files = readdirSync('content/rules').filter((file) => file.endsWith('.yaml'));
    for (const file of files) {
      const text = ruleSchema.parse(parse(readFileSync(`content/rules/${file}`, 'utf8')));
      expect(text.message.en, file).toBeTruthy();
      expect(`${text.id}.yaml`).toBe(file);
    }
    expect(rules.map((rule) => `${rule.id}.yaml`).sort()).toEqual(files.sort());
  });
});

describe('readWorld', () => {
  it.each([
    ['[1, 2', 'w.yaml is not YAML: Flow sequence must end with a ] at line 1, column 6:'],
    ['name: x', 'w.yaml is not a world: nodes: Invalid input: expected array, received undefined'],
    ['{name: x, nodes: [], podCIDR: here}', 'w.yaml is not a world: podCIDR: a network such as 10.244.0.0/16'],
    ['{name: x, nodes: [], colour: red}', 'w.yaml is not a world: Unrecognized key: "colour"'],
  ])('refuses %j', (text, message) => {
    expect(() => readWorld(text, 'w.yaml')).toThrow(message);
  });
});

describe('statements', () => {
  it('keeps together what belongs together', () => {
    const script =
      '# a comment\nkubectl get pod\n\n@node1 ss -ltn\ncat <<EOF > a\nx\nEOF\nfor i in 1 2; do\n  echo $i\ndone\n';
    expect(statements(script)).toEqual([
      { text: 'kubectl get pod' },
      { place: 'node1', text: 'ss -ltn' },
      { text: 'cat <<EOF > a\nx\nEOF' },
      { text: 'for i in 1 2; do\n  echo $i\ndone' },
    ]);
  });
});
