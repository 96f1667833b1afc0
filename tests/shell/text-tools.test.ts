import { describe, expect, it } from 'vitest';
import { MemoryFiles } from '@/course/memory-files';
import { Cluster } from '@/kubernetes/cluster';
import { runLine } from '@/shell/interpreter';
import { Session } from '@/shell/session';

const files = {
  fruit: 'banana 3 yellow\napple 10 red\ncherry 2 red\napple 7 green\n\ndate 5 brown\nApple 1 pink\n',
  list: 'apple\nbanana\nfig\n',
  csv: 'id,name,qty\n1,bolt,30\n2,nut,45\n3,"washer, big",7\n4,screw,30\n',
  nums: '10\n9\n8\n100\n1\n2.5\n-3\n',
  'pod.yaml': 'spec:\n  image: nginx\n  hostPort: 80\n',
};

function out(line: string): string {
  const cluster = new Cluster({
    name: 'test',
    nodes: [{ name: 'node1', internalIP: '10.0.0.11' }],
    without: ['kube-scheduler'],
  });
  const session = new Session(cluster, { kind: 'machine', name: 'client' }, { files: new MemoryFiles(files) });
  const { stdout, stderr } = cluster.run(runLine(session, line));
  return stdout + stderr;
}

// Every expected text is what GNU's tools (and mawk) print for the same files.
describe('text tools', () => {
  it.each([
    ['wc fruit', ' 7 18 83 fruit\n'],
    ['wc -l fruit list', '  7 fruit\n  3 list\n 10 total\n'],
    ['printf "a b\\\\0c" | tr "\\\\0" " " | tr "\\\\040" _', 'a_b_c'],
    ['cat list | wc', '      3       3      17\n'],
    ["awk 'BEGIN { print 2^3^2, -2^2, 1e3 + 1; x = 3; x ^= 2; print x, sqrt(16) }'", '512 -4 1001\n9 4\n'],
    [`awk 'BEGIN { a["x"]; if ("x" in a) print "yes"; print !("y" in a) }'`, 'yes\n1\n'],
    ['cat list | paste - -', 'apple\tbanana\nfig\t\n'],
    ['head -1 fruit list', '==> fruit <==\nbanana 3 yellow\n\n==> list <==\napple\n'],
    ['head -n -2 list', 'apple\n'],
    ['tail -n +3 list', 'fig\n'],
    ['tail -c +15 list', 'ig\n'],
    ['sort -t, -k3,3nr csv', '2,nut,45\n1,bolt,30\n4,screw,30\n3,"washer, big",7\nid,name,qty\n'],
    ['sort -k2,2n -k1,1r fruit | head -3', '\nApple 1 pink\ncherry 2 red\n'],
    ['sort -u -k3,3 fruit', '\ndate 5 brown\napple 7 green\nApple 1 pink\napple 10 red\nbanana 3 yellow\n'],
    ['printf "v1.10\\nv1.9\\n" | sort -V', 'v1.9\nv1.10\n'],
    ['printf "2K\\n1M\\n3\\n" | sort -h', '3\n2K\n1M\n'],
    ['seq -w 8 11', '08\n09\n10\n11\n'],
    ['rev list', 'elppa\nananab\ngif\n'],
    ['paste -d, list list', 'apple,apple\nbanana,banana\nfig,fig\n'],
    ['paste -sd, list', 'apple,banana,fig\n'],
    ['column -t fruit | head -2', 'banana  3   yellow\napple   10  red\n'],
    ['cat -A pod.yaml | head -1', 'spec:$\n'],
    ['grep -r image .', './pod.yaml:  image: nginx\n'],
    ['grep -rn hostPort', 'pod.yaml:3:  hostPort: 80\n'],
    ['grep -L apple fruit csv', 'csv\n'],
    ['sed "y/abc/xyz/" list', 'xpple\nyxnxnx\nfig\n'],
    ['sed "s/an/AN/2" list', 'apple\nbanANa\nfig\n'],
    ["sed -n '/hostPort/{s/ *//;p}' pod.yaml", 'hostPort: 80\n'],
    ["sed '/apple/{s/a/A/;s/p/P/}' list", 'APple\nbanana\nfig\n'],
    ["awk '/cherry/,/date/' fruit", 'cherry 2 red\napple 7 green\n\ndate 5 brown\n'],
    ["awk 'match($0,/n+/){print RSTART,RLENGTH}' list", '3 1\n'],
    ["awk 'BEGIN{for(;;){if(++i==2)continue; if(i>3)break; print i}}'", '1\n3\n'],
    ['echo hi | base64', 'aGkK\n'],
    ['echo aGkK | base64 -d', 'hi\n'],
    ['date -u -d @0', 'Thu Jan  1 00:00:00 UTC 1970\n'],
    ['date -d "2026-11-21 08:00" +%s', '1795248000\n'],
    ['date -d "2 hours ago" +%T', '07:00:00\n'],
    ['date -d whenever', 'date: invalid date ‘whenever’\n'],
    ['find . -name "*.yaml" -type f', './pod.yaml\n'],
    ['find nosuch', 'find: ‘nosuch’: No such file or directory\n'],
    ['echo b > d; printf "a\\nb\\n" | diff d -', '0a1\n> a\n'],
    ['diff list fruit | head -2', '1,3c1,7\n< apple\n'],
    ['diff list list; echo $?', '0\n'],
    [
      'mkdir d; touch d/x; rmdir d; rm -r d; ls d',
      "rmdir: failed to remove 'd': Directory not empty\nls: cannot access 'd': No such file or directory\n",
    ],
    [
      'type echo; f() { :; }; type f; type nosuch',
      'echo is a shell builtin\nf is a function\nbash: type: nosuch: not found\n',
    ],
    ['set -e; false || true; if false; then :; fi; echo a; false; echo b', 'a\n'],
    ['set -o pipefail; false | true; echo $?', '1\n'],
  ])('%s', (line, text) => expect(out(line)).toBe(text));
});
