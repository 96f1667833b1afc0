import type { Scene } from './scene';

// The configuration that busybox is built with for its images and for Alpine: there whether an image file names them.
const applets = new Set(['df', 'dmesg', 'free', 'fuser', 'mount', 'top', 'uname', 'uptime', 'whoami']);

/** Whether a place has a program of that name. */
export function hasProgram({ tools, busybox }: Scene, name: string): boolean {
  return tools === undefined || tools.includes(name) || (busybox && applets.has(name));
}
