import type { Rule } from '../rule';

const flags = /^--(?:web\.listen-address|listen-address|bind-address|port|listen|http-port|secure-port)=(?:.*:)?(\d+)$/;

/** A declaration configures nothing: the program listens where its own flag or PORT says. */
export const listenFlag: Rule = {
  id: 'V24',
  look({ spec, path }) {
    return spec.containers.flatMap((container, i) => {
      const ports = (container.ports ?? []).map((port) => port.containerPort);
      if (ports.length === 0) return [];
      const args = [...(container.command ?? []), ...(container.args ?? [])];
      const told = [
        ...args.map((arg) => flags.exec(arg)?.[1]),
        ...(container.env ?? []).filter((one) => one.name === 'PORT').map((one) => one.value),
      ].flatMap((text) => (text && /^\d+$/.test(text) ? [Number(text)] : []));
      const other = told.find((number) => !ports.includes(number));
      if (other === undefined) return [];
      return [
        {
          path: [...path, 'containers', i, 'ports', 0, 'containerPort'],
          values: { listens: other, declared: ports.join(', ') },
        },
      ];
    });
  },
};
