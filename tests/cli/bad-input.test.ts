import { describe, expect, it } from 'vitest';
import { portbound } from './terminal';

const bytes = (length: number) => new Uint8Array(length).fill(0x2d);

describe('bad input gets one line on stderr and exit code 2', () => {
  it.each([
    [['check', 'none.yaml'], 'portbound check: none.yaml does not exist\n'],
    [['check', 'empty.yaml'], 'portbound check: empty.yaml is empty\n'],
    [['check', 'binary.yaml'], 'portbound check: binary.yaml is a binary file, not text\n'],
    [['check', 'latin.yaml'], 'portbound check: latin.yaml is not UTF-8 text\n'],
    [['check', 'huge.yaml'], 'portbound check: huge.yaml is 10.0 MB; the limit is 5.0 MB\n'],
    [['check', '.'], 'portbound check: . is a folder\n'],
    [['check', 'pod.yaml', '--colour'], 'portbound check: unknown option --colour\n'],
    [['check', 'pod.yaml', '--format'], 'portbound check: --format needs a value\n'],
    [
      ['check', 'pod.yaml', '--format', 'xml'],
      'portbound check: --format is one of text, json, sarif, markdown; got "xml"\n',
    ],
    [
      ['check', 'pod.yaml', '--world', 'mars'],
      'portbound check: there is no world "mars": name a file, or one of ack-3, cern-2, lab-4, one-node-cce, vm-3\n',
    ],
    [
      ['check', 'pod.yaml', '--world', 'pod.yaml'],
      'portbound check: pod.yaml is not a world: name: Invalid input: expected string, received undefined\n',
    ],
    [['run', 'none.sh'], 'portbound run: none.sh does not exist\n'],
    [['run', 'a', 'b'], 'portbound run: one script at a time\n'],
    [['run', '--seed', 'x'], 'portbound run: --seed is a whole number; got "x"\n'],
    [['export'], 'portbound export: name a scenario and a folder: export s3-host-port --to kind s3\n'],
    [['export', 's3-host-port', 'out', '--to', 'eks'], 'portbound export: --to is one of kind; got "eks"\n'],
    [['export', 's3-host-port', '.'], 'portbound export: . is not empty; name a new folder\n'],
    [['replay'], 'portbound replay: name the files or folders with recordings\n'],
    [['replay', 'none.json'], 'portbound replay: none.json does not exist\n'],
    [['replay', 'pod.yaml'], 'portbound replay: pod.yaml is not a recording (JSON with an id)\n'],
    [['fly'], 'portbound: unknown command "fly"; the commands are check, run, export, replay\n'],
  ])('%j', async (args, message) => {
    const files = {
      'empty.yaml': '\n',
      'binary.yaml': new Uint8Array([0x61, 0, 0x62]),
      'latin.yaml': new Uint8Array([0x61, 0xe9, 0x62]),
      'pod.yaml': 'kind: Pod\n',
      ...(args.includes('huge.yaml') ? { 'huge.yaml': bytes(10_000_000) } : {}),
    };
    const { stdout, stderr, exitCode } = await portbound(args, files);
    expect({ stdout, stderr, exitCode }).toEqual({ stdout: '', stderr: message, exitCode: 2 });
  });

  it('says what it can do when asked nothing', async () => {
    const { stderr, exitCode } = await portbound([]);
    expect(stderr).toMatch(/^usage: portbound COMMAND/);
    expect(exitCode).toBe(2);
    expect((await portbound(['--help'])).exitCode).toBe(0);
  });

  it.each([[['run', '--help']], [['run', 'script.sh', '-h']], [['help', 'run']]])(
    '%j tells of that command',
    async (args) => {
      const { stdout, exitCode } = await portbound(args);
      expect(stdout).toMatch(/^usage: portbound run \[--world NAME\|FILE\]/);
      expect(stdout).not.toContain('portbound check');
      expect(exitCode).toBe(0);
    },
  );
});

describe('text that is no manifest is answered, not refused', () => {
  it('five megabytes of dashes, deep nesting and alias bombs end with findings', async () => {
    const bomb = `a: &a [x,x]\n${[...'bcdefghij'].map((name, i) => `${name}: &${name} [*${'abcdefghij'[i]},*${'abcdefghij'[i]},*${'abcdefghij'[i]}]`).join('\n')}\n`;
    const files = { 'dashes.yaml': bytes(4_900_000), 'deep.yaml': '['.repeat(10_000), 'bomb.yaml': bomb };
    for (const name of Object.keys(files)) {
      const { stdout, exitCode } = await portbound(['check', name, '--format', 'json'], files);
      expect(exitCode, name).toBe(1);
      expect(JSON.parse(stdout).summary.error, name).toBeGreaterThan(0);
    }
  });
});
