import type { ContainerLog } from './log';
import type { ContainerConfig } from './records';

// pkg/kubelet/container/runtime.go `MaxContainerTerminationMessage…`: bytes of the file, bytes and lines of the log.
const maxLength = 4096;
const [maxLogLength, maxLogLines] = [2048, 80];

/**
 * What a container left to be said of its end: the end of its message file, or, if its policy says so and it has
 * failed, of its log. Upstream: pkg/kubelet/kuberuntime/kuberuntime_container.go `getTerminationMessage`.
 */
export function terminationMessage(
  { terminationMessageFromLog }: ContainerConfig,
  written: string,
  log: ContainerLog | undefined,
  exitCode: number,
): string {
  if (written !== '' || !terminationMessageFromLog || exitCode === 0) return lastBytes(written, maxLength);
  const lines = (log?.lines ?? []).slice(-maxLogLines);
  return lastBytes(lines.map(({ text, ended }) => `${text}${ended ? '\n' : ''}`).join(''), maxLogLength);
}

function lastBytes(text: string, max: number): string {
  // A character of a text takes three bytes at most.
  if (text.length * 3 <= max) return text;
  const bytes = new TextEncoder().encode(text);
  return bytes.length <= max ? text : new TextDecoder().decode(bytes.slice(-max));
}
