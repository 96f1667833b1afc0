import type { Clock } from '../clock/clock';
import { httpDate } from '../clock/http-date';
import type { Application, AppResponse } from './kernel';

/**
 * What the machine's own daemons answer over plain HTTP: health checks, and the mode of kube-proxy. Everything they
 * serve over TLS (10250, 6443 …) is not simulated: the connection is accepted and closed.
 */
export function daemonApplication(
  name: string,
  port: number,
  clock: Clock,
  proxyMode: string = 'iptables',
): Application | undefined {
  // Whoever connects is greeted, whatever it says.
  if (name === 'sshd') return () => ({ data: 'SSH-2.0-OpenSSH_9.2\r\n' });
  if (name === 'kubelet' && port === 10248) return goServer(clock, { '/healthz': 'ok' });
  if (name === 'kube-proxy' && port === 10249) return goServer(clock, { '/healthz': 'ok', '/proxyMode': proxyMode });
  if (name === 'kube-proxy' && port === 10256) {
    // pkg/proxy/healthcheck/proxy_health.go
    const healthz = () => JSON.stringify({ lastUpdated: clock.timestamp(), currentTime: clock.timestamp() });
    return goServer(clock, { '/healthz': healthz, '/livez': healthz });
  }
  if (['kubelet', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler'].includes(name)) return tlsServer;
  return undefined;
}

/** Go's net/http: what it answers to plain HTTP on a TLS port. */
const tlsServer: Application = ({ http }) =>
  http
    ? {
        http: {
          version: '1.0',
          status: 400,
          reason: 'Bad Request',
          headers: [],
          body: 'Client sent an HTTP request to an HTTPS server.\n',
        },
      }
    : {};

function goServer(clock: Clock, pages: Readonly<Record<string, string | (() => string)>>): Application {
  return ({ http }): AppResponse => {
    if (!http) return {};
    const page = pages[http.path.split('?')[0] ?? ''];
    const found = page !== undefined;
    const body = found ? (typeof page === 'function' ? page() : page) : '404 page not found\n';
    return {
      http: {
        version: '1.1',
        status: found ? 200 : 404,
        reason: found ? 'OK' : 'Not Found',
        headers: [
          ['Content-Type', 'text/plain; charset=utf-8'],
          ['X-Content-Type-Options', 'nosniff'],
          ['Date', httpDate(clock.epoch + clock.now)],
          ['Content-Length', String(body.length)],
        ],
        body,
      },
    };
  };
}
