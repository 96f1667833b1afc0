// Upstream: pkg/apis/core/validation/validation.go `validateDNSPolicy`, `validatePodDNSConfig`, `ValidateHostAliases`
import { type FieldError, invalid, type Path, required } from '../../../field-error';
import type { HostAlias, PodSpec } from '../../../generated/core-v1';
import { validateIP } from '../../../meta/ip-address';
import { complaints } from '../../../meta/labels';
import { byteLength, dns1123Subdomain, dns1123SubdomainWithUnderscore } from '../../../meta/names';
import { requiredOneOf } from './supported';

const maxNameservers = 3;
const maxSearchPaths = 32;
const maxSearchCharacters = 2048;

export function validateDnsPolicy({ dnsPolicy }: PodSpec, path: Path): FieldError[] {
  return requiredOneOf(dnsPolicy, ['ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None'], path);
}

export function validateDnsConfig({ dnsConfig, dnsPolicy }: PodSpec, path: Path): FieldError[] {
  if (dnsPolicy === 'None') {
    if (!dnsConfig) return [required(path, 'must provide `dnsConfig` when `dnsPolicy` is None')];
    if (!dnsConfig.nameservers?.length) {
      const text = 'must provide at least one DNS nameserver when `dnsPolicy` is None';
      return [required(path.child('nameservers'), text)];
    }
  }
  if (!dnsConfig) return [];
  const { nameservers = [], searches = [], options = [] } = dnsConfig;
  const servers = path.child('nameservers');
  const errors: FieldError[] = [];
  if (nameservers.length > maxNameservers) {
    errors.push(invalid(servers, nameservers, `must not have more than ${maxNameservers} nameservers`));
  }
  nameservers.forEach((server, i) => errors.push(...validateIP(server, servers.index(i))));
  errors.push(...validateSearches(searches, path.child('searches')));
  options.forEach(({ name }, i) => {
    if (!name) errors.push(required(path.child('options').index(i), 'must not be empty'));
  });
  return errors;
}

function validateSearches(searches: readonly string[], path: Path): FieldError[] {
  const errors: FieldError[] = [];
  if (searches.length > maxSearchPaths) {
    errors.push(invalid(path, searches, `must not have more than ${maxSearchPaths} search paths`));
  }
  if (byteLength(searches.join(' ')) > maxSearchCharacters) {
    const text = `must not have more than ${maxSearchCharacters} characters (including spaces) in the search list`;
    errors.push(invalid(path, searches, text));
  }
  searches.forEach((search, i) => {
    if (search === '.') return;
    errors.push(...complaints(dns1123SubdomainWithUnderscore, path.index(i), search.replace(/\.$/, '')));
  });
  return errors;
}

export function validateHostAliases(aliases: readonly HostAlias[] | undefined, path: Path): FieldError[] {
  return (aliases ?? []).flatMap(({ ip, hostnames }, i) => [
    ...validateIP(ip ?? '', path.index(i).child('ip')),
    ...(hostnames ?? []).flatMap((name, j) =>
      complaints(dns1123Subdomain, path.index(i).child('hostnames').index(j), name),
    ),
  ]);
}
