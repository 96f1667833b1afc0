import { describe, expect, it } from 'vitest';
import { pairByCompany } from '@/cli/replay/mask-signatures';
import { ageSeconds, Masks } from '@/cli/replay/masks';

const equal = (recorded: string, got: string, podNetworks: string[] = []) =>
  new Masks({ podNetworks }).compare(recorded, got).length === 0;

describe('Masks', () => {
  it('pairs drawn names one to one within a case', () => {
    const masks = new Masks();
    expect(masks.compare('pod/web-7d4b8c9f5-x7k2p created', 'pod/web-7d4b8c9f5-qqqqq created')).toEqual([]);
    expect(masks.compare('pod "web-7d4b8c9f5-x7k2p" deleted', 'pod "web-7d4b8c9f5-qqqqq" deleted')).toEqual([]);
    expect(masks.compare('web-7d4b8c9f5-x7k2p', 'web-7d4b8c9f5-zzzzz')).toHaveLength(1);
    expect(masks.compare('web-7d4b8c9f5-b2b2b', 'web-7d4b8c9f5-qqqqq')).toHaveLength(1);
  });

  it('forgives ages within 3 s or 10 %, and no more', () => {
    expect(equal('web   Running   5s', 'web   Running   8s')).toBe(true);
    expect(equal('web   Running   5s', 'web   Running   9s')).toBe(false);
    expect(equal('web   2 (40m ago)', 'web   2 (43m ago)')).toBe(true);
    expect(equal('web   2 (40m ago)', 'web   2 (46m ago)')).toBe(false);
    expect(equal('web   2 (40m ago)', 'web   3 (40m ago)')).toBe(false);
    expect(ageSeconds('3m41s')).toBe(221);
  });

  it('lets a Pod have another address of the same subnet only', () => {
    expect(equal('10.244.1.5', '10.244.1.9', ['10.244.1.0/24'])).toBe(true);
    expect(equal('10.244.1.5', '10.244.2.5', ['10.244.1.0/24', '10.244.2.0/24'])).toBe(false);
    expect(equal('192.168.189.201', '192.168.189.202', ['10.244.1.0/24'])).toBe(false);
  });

  it('compares a table cell by cell and other text space by space', () => {
    expect(equal('NAME     READY\nweb-x7k2p   1/1', 'NAME        READY\nweb-qqqqq      1/1')).toBe(true);
    expect(equal('a b', 'a  b')).toBe(false);
    expect(equal('  a: 1', ' a: 1')).toBe(false);
    expect(equal('a   1/1', 'a   0/1')).toBe(false);
  });

  it('lets rows of a table change places, and lines of a text not', () => {
    expect(equal('web-bbbbb   1/1   5s\nweb-ccccc   0/1   9s', 'web-bbbbb   0/1   9s\nweb-ccccc   1/1   5s')).toBe(
      true,
    );
    expect(equal('one\ntwo', 'two\none')).toBe(false);
  });

  it('masks times, process ids and resource versions', () => {
    expect(equal('2026/11/21 07:51:56 [notice] 1#1: start', '2026/01/05 09:00:00 [notice] 1#1: start')).toBe(true);
    expect(equal('users:(("nginx",pid=12,fd=6))', 'users:(("nginx",pid=4242,fd=6))')).toBe(true);
    expect(equal('  resourceVersion: "12"', '  resourceVersion: "9001"')).toBe(true);
    expect(equal('HTTP/1.1 200 OK', 'HTTP/1.1 404 Not Found')).toBe(false);
  });

  it('finds a drawn name before an underscore, as in the message of a back-off', () => {
    expect(equal('pod web-7d4b8c9f5-x7k2p_default(', 'pod web-7d4b8c9f5-qqqqq_default(')).toBe(true);
  });

  it('takes rows with drawn names in any order, other rows as they come', () => {
    expect(equal('pod/bare\npod/web-x7k2p\npod/web-b2b2b', 'pod/bare\npod/web-qqqqq\npod/web-zzzzz')).toBe(true);
    expect(equal('web-x7k2p Pending\nweb-b2b2b Running', 'web-qqqqq Running\nweb-zzzzz Pending')).toBe(true);
    expect(equal('one\ntwo', 'two\none')).toBe(false);
  });

  it('compares the answers of nslookup as a set, a name and its address together', () => {
    const head = 'Server:\t\t10.96.0.10\nAddress:\t10.96.0.10:53\n';
    const a = 'Name:\ta\nAddress: 1.1.1.1\n';
    const b = 'Name:\tb\nAddress: 2.2.2.2\n';
    expect(equal(`${head}\n\n${a}${b}`, `${head}\n${b}${a}\n`)).toBe(true);
    const crossed = 'Name:\ta\nAddress: 2.2.2.2\nName:\tb\nAddress: 1.1.1.1\n';
    expect(equal(`${head}\n${a}${b}\n`, `${head}\n${crossed}\n`)).toBe(false);
  });

  it('says when something is missing or too much', () => {
    expect(new Masks().compare('a\nb', 'a')).toEqual(['line 2: recorded "b", got nothing']);
    expect(new Masks().compare('a', 'a\nb')).toEqual(['line 2: nothing recorded, got "b"']);
  });
});

describe('pairByCompany', () => {
  it('pairs the names that do the same in most steps', () => {
    const row = (name: string, state: string) => `web-${name}   ${state}`;
    const recorded = ['Running', 'Error', 'Error'].map((state) => `${row('x7k2p', 'Running')}\n${row('b2b2b', state)}`);
    const got = ['Running', 'Running', 'Error'].map((state) => `${row('qqqqq', state)}\n${row('zzzzz', 'Running')}`);
    expect(new Map(pairByCompany(recorded, got))).toEqual(
      new Map([
        ['suffix x7k2p', 'suffix zzzzz'],
        ['suffix b2b2b', 'suffix qqqqq'],
      ]),
    );
  });
});
