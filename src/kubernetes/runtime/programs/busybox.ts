/**
 * What every busybox brings that is simulated: the applets which its builds share. `httpd` or `telnet` depend on the
 * build, so the image says so itself. Upstream: busybox, `--list`.
 */
const applets: readonly string[] = [
  ...['ash', 'sh', 'busybox', 'echo', 'printf', 'test', '[', 'true', 'false', 'yes', 'seq', 'sleep', 'timeout', 'time'],
  ...['cat', 'tac', 'rev', 'nl', 'head', 'tail', 'tee', 'wc', 'sort', 'uniq', 'cut', 'paste', 'tr', 'base64', 'diff'],
  ...['grep', 'egrep', 'fgrep', 'sed', 'awk', 'xargs', 'find', 'ls', 'touch', 'mkdir', 'rmdir', 'rm', 'cp', 'mv'],
  ...[
    'chmod',
    'readlink',
    'basename',
    'dirname',
    'which',
    'env',
    'id',
    'whoami',
    'hostname',
    'uname',
    'date',
    'uptime',
  ],
  ...['ps', 'pgrep', 'pidof', 'pkill', 'kill', 'top', 'watch', 'clear', 'df', 'free', 'mount', 'dmesg', 'sysctl'],
  ...['ip', 'ifconfig', 'route', 'arp', 'netstat', 'ping', 'traceroute', 'nc', 'nslookup', 'wget', 'nsenter'],
  ...['ipcs', 'ipcrm'],
];

/** The commands of an image with what its busybox brings: nothing else has the shell `ash`. */
export function withApplets(tools: readonly string[]): readonly string[] {
  return tools.includes('ash') ? [...new Set([...tools, ...applets])] : tools;
}
