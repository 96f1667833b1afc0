import type { Scene } from './scene';

const words = (text: string) => new Set(text.trim().split(/\s+/));

// The configuration that busybox is built with for its images and for Alpine: there whether an image file names them.
const applets = words(`
  ash awk base64 basename cat clear comm cp cut date dd df diff dirname dmesg du echo egrep env expand expr false fgrep
  find fold free fuser grep head hexdump hostname id ifconfig kill killall ln ls lsof md5sum mkdir mktemp mount mv nc
  netstat nl nohup nproc nslookup od paste pgrep pidof ping pkill printenv printf ps pwd readlink realpath rev rm rmdir
  route sed seq sh sha1sum sha256sum sha512sum shuf sleep sort stat sysctl tac tail tee telnet test timeout top touch tr
  traceroute true uname uniq uptime watch wc wget which whoami xargs xxd yes`);

// The packages that no Debian is without, and bash with them: coreutils, diffutils, findutils, grep, hostname, mawk, sed.
const essential = words(`
  awk base64 basename bash cat comm cp cut date dd df diff dirname du echo egrep env expand expr false fgrep find fold
  grep head hostname id ln ls md5sum mkdir mktemp mount mv nl nohup nproc od paste printenv printf pwd readlink realpath
  rev rm rmdir sed seq sh sha1sum sha256sum sha512sum shuf sleep sort stat tac tail tee test timeout touch tr true uname
  uniq wc which whoami xargs yes`);

// Servers that are commands too where an image brings them; no machine has them.
const ofImages = words('nginx');

/** Whether a place has a program of that name. */
export function hasProgram({ tools, busybox }: Scene, name: string): boolean {
  if (tools === undefined) return !ofImages.has(name);
  if (tools.includes(name)) return true;
  return busybox ? applets.has(name) : tools.includes('bash') && essential.has(name);
}
