import type { Clock } from '../clock/clock';
import { httpDate } from '../clock/http-date';
import { HOST, type HostKernel } from '../network/host';
import type { Application } from '../network/kernel';
import type { ServicePort } from './service-ports';

/** Go's net.Listen. */
const backlog = 4096;

interface Health {
  readonly namespace: string;
  readonly name: string;
  /** How many back ends of its own the node has that are ready, by address. */
  readonly endpoints: number;
}

/**
 * A load balancer's question whether a node has back ends of its own, on the health check port of each Service that
 * wants its clients' addresses kept. Upstream: pkg/proxy/healthcheck/service_health.go.
 */
export class ServiceHealth {
  private byPort = new Map<number, Health>();

  constructor(
    private readonly kernel: HostKernel,
    private readonly clock: Clock,
  ) {}

  /** Opens and closes ports as the Services want it; one that somebody else has is tried again the next time. */
  sync(ports: readonly ServicePort[]): void {
    const wanted = wantedBy(ports);
    if (wanted.size === 0 && this.byPort.size === 0) return;
    this.byPort = wanted;
    const process = this.kernel.processes().find(({ comm }) => comm === 'kube-proxy');
    if (!process) return;
    // Its own answers to everybody are on the IPv6 wildcard.
    const open = this.kernel.sockets(HOST).filter(({ pid, address }) => pid === process.pid && address === '0.0.0.0');
    for (const { id, port } of open) if (!wanted.has(port)) this.kernel.close(id);
    for (const port of wanted.keys()) {
      if (open.some((socket) => socket.port === port)) continue;
      this.kernel.listen(process.pid, { protocol: 'TCP', address: '0.0.0.0', port, backlog, app: this.answer(port) });
    }
  }

  private answer(port: number): Application {
    return ({ http }) => {
      const health = this.byPort.get(port);
      if (!http || !health) return {};
      const { namespace, name, endpoints } = health;
      const told = { service: { namespace, name }, localEndpoints: endpoints, serviceProxyHealthy: true };
      const body = JSON.stringify(told, null, '\t');
      return {
        http: {
          version: '1.1',
          status: endpoints > 0 ? 200 : 503,
          reason: endpoints > 0 ? 'OK' : 'Service Unavailable',
          headers: [
            ['Content-Type', 'application/json'],
            ['X-Content-Type-Options', 'nosniff'],
            ['X-Load-Balancing-Endpoint-Weight', String(endpoints)],
            ['Date', httpDate(this.clock.epoch + this.clock.now)],
            ['Content-Length', String(body.length)],
          ],
          body,
        },
      };
    };
  }
}

function wantedBy(ports: readonly ServicePort[]): Map<number, Health> {
  const wanted = new Map<number, Health>();
  for (const { healthCheckNodePort, namespace, service } of ports) {
    if (healthCheckNodePort === undefined || wanted.has(healthCheckNodePort)) continue;
    const own = ports.filter((one) => one.namespace === namespace && one.service === service);
    const ready = own.flatMap(({ local }) => local.filter((backend) => backend.ready));
    const endpoints = new Set(ready.map(({ address }) => address)).size;
    wanted.set(healthCheckNodePort, { namespace, name: service, endpoints });
  }
  return wanted;
}
