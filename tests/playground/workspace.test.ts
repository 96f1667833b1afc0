import { describe, expect, test } from 'vitest';
import { readFiles } from '@/playground/files/read-dropped';
import { unsaved } from '@/playground/files/unsaved';
import {
  type Workspace,
  add,
  currentFile,
  freeName,
  nameFault,
  remove,
  rename,
  write,
} from '@/playground/files/workspace';

const two: Workspace = {
  files: [
    { name: 'a.yaml', text: 'a' },
    { name: 'b.yaml', text: 'b' },
  ],
  current: 'a.yaml',
};

describe('the open files', () => {
  test('are written, added and shown', () => {
    expect(currentFile(write(two, 'new')).text).toBe('new');
    expect(write(two, 'a')).toBe(two);
    const more = add(two, [
      { name: 'a.yaml', text: 'x' },
      { name: 'c.yaml', text: 'y' },
    ]);
    expect(more.files.map((file) => file.name)).toEqual(['a.yaml', 'b.yaml', 'a-2.yaml', 'c.yaml']);
    expect(more.current).toBe('a-2.yaml');
  });

  test('are closed down to the last', () => {
    const one = remove(two, 'a.yaml');
    expect(one).toEqual({ files: [{ name: 'b.yaml', text: 'b' }], current: 'b.yaml' });
    expect(remove(one, 'b.yaml')).toBe(one);
    expect(remove(two, 'b.yaml').current).toBe('a.yaml');
  });

  test('are renamed to what the command line can type', () => {
    expect(rename(two, 'a.yaml', ' web.yaml ')).toMatchObject({ current: 'web.yaml' });
    expect(rename(two, 'a.yaml', 'b.yaml')).toBe('taken');
    expect(rename(two, 'a.yaml', 'a b.yaml')).toBe('characters');
    expect(rename(two, 'a.yaml', '')).toBe('empty');
    expect(nameFault('../up', [])).toBe('characters');
    expect(nameFault('x'.repeat(81), [])).toBe('long');
    expect(freeName('C:\\my file (1).yaml', [])).toBe('my-file-1-.yaml');
    expect(freeName('', ['manifest.yaml'])).toBe('manifest-2.yaml');
  });
});

test('only files that differ from what was saved last are saved', () => {
  expect(unsaved(two, { 'a.yaml': 'a' }, [])).toEqual({ 'b.yaml': 'b' });
  expect(unsaved(two, {}, [{ kind: 'apply', file: 'a.yaml', text: 'a' }])).toEqual({ 'b.yaml': 'b' });
  const saved = { 'a.yaml': 'a', 'b.yaml': 'b' };
  expect(unsaved(two, {}, [{ kind: 'run', place: 'client', line: 'ls', saved }])).toEqual({});
});

test('files that are no text are refused by name', async () => {
  const { files, refused } = await readFiles([
    new File(['kind: Pod\r\n'], 'web.yaml'),
    new File([new Uint8Array([0xff, 0xfe, 0])], 'photo.png'),
    new File(['a\0b'], 'zero'),
    new File([new Uint8Array(5_000_001)], 'huge.yaml'),
  ]);
  expect(files).toEqual([{ name: 'web.yaml', text: 'kind: Pod\n' }]);
  expect(refused.map(({ name, fault }) => `${name} ${fault}`)).toEqual([
    'photo.png binary',
    'zero binary',
    'huge.yaml large',
  ]);
});
