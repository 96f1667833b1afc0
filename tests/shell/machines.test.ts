import { describe, expect, test } from 'vitest';
import { playScript } from '@/course/play-script';
import { findWorld } from '@/course/worlds';
import { webDeployment } from '../web-deployment';

const world = findWorld('lab-4');

/** What each line printed, by the line. */
function play(script: string, files?: Record<string, string>) {
  if (!world) throw new Error('no such world');
  return playScript({ world, script, files }).map(({ stdout, stderr, exitCode }) => ({
    text: stdout + stderr,
    exitCode,
  }));
}

const web = webDeployment(
  1,
  '{nodeSelector: {kubernetes.io/hostname: w1}, containers: [{name: c, image: nginx:alpine, ports: [{containerPort: 80, hostPort: 8080}]}]}',
);

describe('a node whose machine loses its power', () => {
  test('answers nobody at once, is found out after its lease, and its Pods are taken from it after five minutes', () => {
    const [, , before, off, after, soon, ssh, , late, taints, , pods] = play(
      `kubectl apply -f web.yaml
sleep 10
curl -sI http://10.0.0.11:8080/ | head -n 1
portbound node off w1
curl -sS --max-time 10 http://10.0.0.11:8080/
kubectl get node w1
@w1 uptime
sleep 60
kubectl get node w1
kubectl describe node w1 | grep -A1 Taints
sleep 320
kubectl get pods -o wide`,
      { 'web.yaml': web },
    );
    expect(before?.text).toBe('HTTP/1.1 200 OK\r\n');
    expect(off).toEqual({ text: 'w1 is off\n', exitCode: 0 });
    expect(after?.text).toMatch(/^curl: \(7\) Failed to connect to 10\.0\.0\.11 port 8080/);
    expect(soon?.text).toMatch(/w1 +Ready /);
    expect(ssh?.text).toBe('ssh: connect to host 10.0.0.11 port 22: No route to host\n');
    expect(late?.text).toMatch(/w1 +NotReady /);
    expect(taints?.text).toContain('node.kubernetes.io/unreachable:NoExecute');
    expect(pods?.text).toMatch(/web-\S+ +1\/1 +Terminating .* w1 /);
    expect(pods?.text).toMatch(/web-\S+ +0\/1 +Pending /);
  });

  test('boots: a new boot id, sandboxes made anew, the containers started once more', () => {
    const lines = play(
      `kubectl apply -f web.yaml
sleep 10
portbound node off w1
sleep 5
portbound node on w1
sleep 60
kubectl get nodes w1
kubectl get pods
kubectl get events --sort-by=.lastTimestamp -o custom-columns=R:.reason,M:.message
curl -sI http://10.0.0.11:8080/ | head -n 1
kubectl get pods -o jsonpath='{.items[0].status.containerStatuses[0].lastState.terminated.exitCode} {.items[0].status.containerStatuses[0].lastState.terminated.reason}'`,
      { 'web.yaml': web },
    );
    const [nodes, pods, events, curl, last] = lines.slice(6);
    expect(nodes?.text).toMatch(/w1 +Ready /);
    expect(pods?.text).toMatch(/web-\S+ +1\/1 +Running +1 /);
    // pkg/kubelet/nodestatus/setters.go
    expect(events?.text).toMatch(/Rebooted +Node w1 has been rebooted, boot id: [0-9a-f]{8}-/);
    // pkg/kubelet/kuberuntime/kuberuntime_manager.go
    expect(events?.text).toMatch(/SandboxChanged +Pod sandbox changed, it will be killed and re-created\./);
    expect(curl?.text).toBe('HTTP/1.1 200 OK\r\n');
    expect(last?.text).toBe('255 Unknown');
  });

  test('is not the one that carries the API server', () => {
    const [off] = play('portbound node off cp1');
    expect(off).toEqual({
      text: 'portbound: cp1 carries the API server; a cluster without one is not simulated\n',
      exitCode: 1,
    });
  });
});

test('a machine joins: it becomes a node, takes Pods, and the others know the way to them', () => {
  const lines = play(
    `portbound node add w4 10.0.0.14
sleep 20
kubectl get node w4
kubectl run web --image=nginx:alpine --overrides='{"spec":{"nodeName":"w4"}}'
sleep 10
kubectl get pod web -o jsonpath='{.status.podIP}' > ip
curl -sI http://10.0.0.14:10248/healthz | head -n 1
@w1 curl -sI http://10.244.4.2/ | head -n 1
portbound node add w4 10.0.0.15
portbound node add w5 10.0.0.14
@w1 portbound node add w5 10.0.0.15`,
  );
  expect(lines[0]?.text).toBe('w4 joins the cluster\n');
  expect(lines[2]?.text).toMatch(/w4 +Ready /);
  expect(lines[7]?.text).toBe('HTTP/1.1 200 OK\r\n');
  expect(lines.slice(8).map((line) => line.text)).toEqual([
    'portbound: there is a machine "w4" already\n',
    'portbound: 10.0.0.14 is taken\n',
    'bash: portbound: command not found\n',
  ]);
});

test('the scheduler of a control plane is stopped and started as a service', () => {
  const lines = play(`@cp1 systemctl stop kube-scheduler
@cp1 systemctl is-active kube-scheduler
kubectl run web --image=nginx:alpine
sleep 10
kubectl get pod web
@cp1 systemctl start kube-scheduler
sleep 10
kubectl get pod web
@w1 systemctl stop kube-scheduler`);
  expect(lines[1]?.text).toBe('inactive\n');
  expect(lines[4]?.text).toMatch(/web +0\/1 +Pending /);
  expect(lines[7]?.text).toMatch(/web +1\/1 +Running /);
  // systemd, src/systemctl/systemctl-util.c `translate_bus_error_to_exit_status`: not loaded
  expect(lines[8]).toEqual({
    text: 'Failed to stop kube-scheduler.service: Unit kube-scheduler.service not loaded.\n',
    exitCode: 5,
  });
});

describe('a kubelet that the API server does not reach', () => {
  const run = 'kubectl run web --image=nginx:alpine --overrides=\'{"spec":{"nodeName":"w1"}}\'\nsleep 10\n';

  test('refuses logs and exec when it is stopped', () => {
    const [logs, tail, exec] = play(
      `${run}@w1 systemctl stop kubelet
kubectl logs web
kubectl logs web --tail=3 -f --timestamps
kubectl exec web -- ls /`,
    ).slice(3);
    const dial = 'dial tcp 10.0.0.11:10250: connect: connection refused\n';
    expect(logs?.text).toBe(`Error from server: Get "https://10.0.0.11:10250/containerLogs/default/web/web": ${dial}`);
    expect(tail?.text).toContain('/containerLogs/default/web/web?follow=true&tailLines=3&timestamps=true": dial tcp');
    expect(exec?.text).toBe(
      `error: Internal error occurred: error sending request: Post "https://10.0.0.11:10250/exec/default/web/web?command=ls&command=%2F&error=1&output=1": ${dial}`,
    );
  });

  test('is not there when its machine has no power', () => {
    const [logs] = play(`${run}portbound node off w1\nkubectl logs web`).slice(3);
    expect(logs?.text).toBe(
      'Error from server: Get "https://10.0.0.11:10250/containerLogs/default/web/web": dial tcp 10.0.0.11:10250: connect: no route to host\n',
    );
  });
});
