/** Debian's /etc/services, as far as ports of this course go. */
const names: Readonly<Record<string, string>> = {
  '22': 'ssh',
  '53': 'domain',
  '80': 'http',
  '443': 'https',
  '2379': 'etcd-client',
  '2380': 'etcd-server',
  '3306': 'mysql',
  '5432': 'postgresql',
  '6379': 'redis',
  '8080': 'http-alt',
  '10050': 'zabbix-agent',
};

/** `8080` → `http-alt`; a port without a name stays a number. */
export function serviceName(port: string): string {
  return names[port] ?? port;
}
