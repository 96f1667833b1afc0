/** What ends crictl with one line and exit code 1. Upstream: crictl, main.go (`logrus.Fatal`). */
export class CrictlError extends Error {}

/** What containerd answers for an id that it has not. Upstream: containerd, internal/cri/server. */
export function noSuch(kind: 'container' | 'sandbox', id: string): string {
  const text = kind === 'container' ? `container "${id}"` : `sandbox "${id}"`;
  return `rpc error: code = NotFound desc = an error occurred when try to find ${text}: not found`;
}
