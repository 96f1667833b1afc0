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

/** What Red Hat's /etc/services calls otherwise. */
const redHatNames: Readonly<Record<string, string>> = { '8080': 'webcache' };

/** The distributions whose /etc/services differ where it shows. */
export type ServicesFile = 'debian' | 'redhat';

/** Whose /etc/services a machine has, by its operating system as its Node says it. */
export function servicesFile(osImage = ''): ServicesFile {
  return /CentOS|Red Hat|Rocky|AlmaLinux|Fedora|EulerOS/.test(osImage) ? 'redhat' : 'debian';
}

/** `8080` → `http-alt`; a port without a name stays a number. */
export function serviceName(port: string, file: ServicesFile = 'debian'): string {
  return (file === 'redhat' ? redHatNames[port] : undefined) ?? names[port] ?? port;
}
