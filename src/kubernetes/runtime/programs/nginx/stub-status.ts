import { type Answer, type Visit, byteLength, connection, made } from './pages';

/** Upstream: src/http/modules/ngx_http_stub_status_module.c. Nobody else is ever connected at the same moment. */
export function statusPage(visit: Visit): Answer {
  const { clients } = visit.counter;
  const body =
    `Active connections: 1 \nserver accepts handled requests\n ${clients} ${clients} ${clients} \n` +
    'Reading: 0 Writing: 1 Waiting: 0 \n';
  return made(visit, 200, [['Content-Type', 'text/plain'], ['Content-Length', byteLength(body)], connection], body);
}
