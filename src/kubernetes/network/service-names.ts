/** Debian's /etc/services, as far as ports of this course go. */
const names: Readonly<Record<string, string>> = {
  '21': 'ftp',
  '22': 'ssh',
  '23': 'telnet',
  '25': 'smtp',
  '53': 'domain',
  '67': 'bootps',
  '68': 'bootpc',
  '69': 'tftp',
  '80': 'http',
  '88': 'kerberos',
  '110': 'pop3',
  '111': 'sunrpc',
  '119': 'nntp',
  '123': 'ntp',
  '143': 'imap2',
  '161': 'snmp',
  '179': 'bgp',
  '389': 'ldap',
  '443': 'https',
  '514': 'shell',
  '515': 'printer',
  '543': 'klogin',
  '587': 'submission',
  '631': 'ipp',
  '636': 'ldaps',
  '853': 'domain-s',
  '873': 'rsync',
  '989': 'ftps-data',
  '990': 'ftps',
  '993': 'imaps',
  '995': 'pop3s',
  '1080': 'socks',
  '1194': 'openvpn',
  '1433': 'ms-sql-s',
  '1812': 'radius',
  '2000': 'cisco-sccp',
  '2049': 'nfs',
  '3260': 'iscsi-target',
  '3306': 'mysql',
  '3389': 'ms-wbt-server',
  '3690': 'svn',
  '4369': 'epmd',
  '5060': 'sip',
  '5222': 'xmpp-client',
  '5353': 'mdns',
  '5432': 'postgresql',
  '5671': 'amqps',
  '5672': 'amqp',
  '6000': 'x11',
  '6379': 'redis',
  '7000': 'afs3-fileserver',
  '8080': 'http-alt',
  '8081': 'tproxy',
  '8088': 'omniorb',
  '10000': 'webmin',
  '10050': 'zabbix-agent',
  '10051': 'zabbix-trapper',
};

/** What Red Hat's /etc/services calls otherwise. */
const redHatNames: Readonly<Record<string, string>> = {
  '2379': 'etcd-client',
  '2380': 'etcd-server',
  '8080': 'webcache',
};

/** The distributions whose /etc/services differ where it shows. */
export type ServicesFile = 'debian' | 'redhat';

/** The number of a port that is given by name; undefined where there is no such name. */
export function servicePort(name: string): string | undefined {
  return Object.entries({ ...names, ...redHatNames }).find(([, one]) => one === name)?.[0];
}

/** Whose /etc/services a machine has, by its operating system as its Node says it. */
export function servicesFile(osImage = ''): ServicesFile {
  return /CentOS|Red Hat|Rocky|AlmaLinux|Fedora|EulerOS/.test(osImage) ? 'redhat' : 'debian';
}

/** `8080` → `http-alt`; a port without a name stays a number. */
export function serviceName(port: string, file: ServicesFile = 'debian'): string {
  return (file === 'redhat' ? redHatNames[port] : undefined) ?? names[port] ?? port;
}
