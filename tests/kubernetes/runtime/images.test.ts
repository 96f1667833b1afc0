import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { imageSchema } from '@/course/image-schema';
import { courseImages } from '@/course/images';
import { parseImageName, withDefaultTag } from '@/kubernetes/runtime/image-name';
import { fill, times } from '@/kubernetes/runtime/template';
import { readSettings } from '@/kubernetes/runtime/settings';

const folder = 'content/images';

describe('image files', () => {
  const files = readdirSync(folder).filter((file) => file.endsWith('.yaml'));

  it.each(files)('%s is well formed and named after itself', (file) => {
    const image = imageSchema.parse(parse(readFileSync(`${folder}/${file}`, 'utf8')));
    expect(`${image.id}.yaml`).toBe(file);
  });
});

describe('image names', () => {
  it.each([
    ['nginx', 'docker.io/library/nginx:latest'],
    ['nginx:1.25', 'docker.io/library/nginx:1.25'],
    ['demo/echo:1', 'docker.io/demo/echo:1'],
    ['registry.k8s.io/pause:3.10', 'registry.k8s.io/pause:3.10'],
    ['localhost:5000/web', 'localhost:5000/web:latest'],
  ])('%s is %s', (text, full) => {
    expect(parseImageName(text)?.full).toBe(full);
  });

  it.each(['registry-<REGION_ID>.example/acs/node-exporter:v0.17.0', 'x:y:z', 'Nginx', ''])('%j is none', (text) => {
    expect(parseImageName(text)).toBeUndefined();
  });

  it('writes the default tag out', () => {
    expect(withDefaultTag('nginx')).toBe('nginx:latest');
    expect(withDefaultTag('localhost:5000/web')).toBe('localhost:5000/web:latest');
    expect(withDefaultTag('nginx:1.25')).toBe('nginx:1.25');
  });
});

describe('the catalogue', () => {
  const images = courseImages();

  it('knows tags by pattern, and the words of each C library', () => {
    expect(images.find('nginx:alpine')?.variables.libc).toBe('musl');
    expect(images.find('nginx:1.23.1')?.variables).toMatchObject({ libc: 'glibc', version: '1.23.1' });
  });

  it('has no tag that a described repository has not', () => {
    expect(images.find('nginx:nope')).toBeUndefined();
  });

  it('takes an image nobody described, without programs', () => {
    expect(images.find('example.com/mine:1')).toMatchObject({ file: undefined, programs: {} });
  });

  it('lets a world put another image under a reference', () => {
    expect(images.find('nginx:alpine', { 'nginx:alpine': 'nginx-debian-1.22' })?.file?.id).toBe('nginx-debian-1.22');
  });
});

describe('templates and settings', () => {
  it('writes the time as each program does', () => {
    const at = times(Date.UTC(2026, 10, 21, 7, 51, 56));
    expect(fill('${time.nginx}|${time.clf}|${unknown}', at)).toBe(
      '2026/11/21 07:51:56|21/Nov/2026:07:51:56 +0000|${unknown}',
    );
  });

  it('takes a flag before the environment before the default', () => {
    const settings = { address: { flag: '--listen', env: 'LISTEN', default: ':80', type: 'address' as const } };
    const of = (argv: string[], env: Record<string, string> = {}) =>
      readSettings(settings, argv, new Map(Object.entries(env)));
    expect(of(['x', '--listen=0.0.0.0:20000'], { LISTEN: ':1' })).toMatchObject({
      'address.host': '0.0.0.0',
      'address.port': '20000',
    });
    expect(of(['x', '--listen', '[::1]:9'])).toMatchObject({ 'address.host': '::1', 'address.port': '9' });
    expect(of(['x'], { LISTEN: ':1' })).toMatchObject({ 'address.host': '', 'address.port': '1' });
    expect(of(['x'])).toMatchObject({ address: ':80' });
  });
});
