/** A process that every machine has, as `ps` and /proc show it. A name in brackets is a thread of the kernel. */
export interface SystemProcess {
  readonly pid: number;
  readonly parent: number;
  readonly comm: string;
  readonly command: string;
}

// What Linux starts first on a machine with two processors, in the order of their numbers.
const kernelThreads = [
  'pool_workqueue_release',
  'kworker/R-rcu_gp',
  'kworker/R-sync_wq',
  'kworker/R-slub_flushwq',
  'kworker/R-netns',
  'kworker/0:0-events',
  'kworker/0:0H-events_highpri',
  'kworker/u8:0-events_unbound',
  'kworker/R-mm_percpu_wq',
  'rcu_tasks_kthread',
  'rcu_tasks_rude_kthread',
  'rcu_tasks_trace_kthread',
  'ksoftirqd/0',
  'rcu_preempt',
  'migration/0',
  'idle_inject/0',
  'cpuhp/0',
  'cpuhp/1',
  'idle_inject/1',
  'migration/1',
  'ksoftirqd/1',
  'kworker/1:0H-events_highpri',
  'kdevtmpfs',
  'kworker/R-inet_frag_wq',
  'kauditd',
  'khungtaskd',
  'oom_reaper',
  'kworker/R-writeback',
  'kcompactd0',
  'ksmd',
  'khugepaged',
  'kworker/R-kintegrityd',
  'kworker/R-kblockd',
  'kswapd0',
] as const;

/** PID 1, PID 2 and the kernel's own threads: what is there before any daemon. */
export const systemProcesses: readonly SystemProcess[] = [
  { pid: 1, parent: 0, comm: 'systemd', command: '/sbin/init' },
  { pid: 2, parent: 0, comm: 'kthreadd', command: '[kthreadd]' },
  ...kernelThreads.map((name, i) => ({ pid: i + 3, parent: 2, comm: name.slice(0, 15), command: `[${name}]` })),
];
