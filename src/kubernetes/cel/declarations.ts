/**
 * The functions that an expression may call, a signature each: `string.contains(string) bool` is called on a value,
 * `size(string) int` by itself, also where its name has a dot. `A` and `B` are any type, the same throughout a signature.
 * Upstream: cel-go common/stdlib/standard.go, ext/{strings,lists,sets}.go; apiserver/pkg/cel/library, environment/base.go
 */
const signatures = `
size(string) int; size(bytes) int; size(list(A)) int; size(map(A, B)) int
string.size() int; bytes.size() int; list(A).size() int; map(A, B).size() int
int(int) int; int(double) int; int(string) int; int(timestamp) int; int(uint) int; int(duration) int
uint(uint) uint; uint(double) uint; uint(int) uint; uint(string) uint
double(double) double; double(int) double; double(string) double; double(uint) double
bool(bool) bool; bool(string) bool
bytes(bytes) bytes; bytes(string) bytes
string(string) string; string(bool) string; string(bytes) string; string(double) string; string(duration) string
string(int) string; string(timestamp) string; string(uint) string; string(net.IP) string; string(net.CIDR) string
dyn(A) dyn; type(A) type(A)
timestamp(timestamp) timestamp; timestamp(int) timestamp; timestamp(string) timestamp
duration(duration) duration; duration(int) duration; duration(string) duration
string.contains(string) bool; string.startsWith(string) bool; string.endsWith(string) bool
matches(string, string) bool; string.matches(string) bool
timestamp.getFullYear() int; timestamp.getFullYear(string) int; timestamp.getMonth() int; timestamp.getMonth(string) int
timestamp.getDayOfYear() int; timestamp.getDayOfYear(string) int; timestamp.getDate() int; timestamp.getDate(string) int
timestamp.getDayOfMonth() int; timestamp.getDayOfMonth(string) int
timestamp.getDayOfWeek() int; timestamp.getDayOfWeek(string) int
timestamp.getHours() int; timestamp.getHours(string) int; duration.getHours() int
timestamp.getMinutes() int; timestamp.getMinutes(string) int; duration.getMinutes() int
timestamp.getSeconds() int; timestamp.getSeconds(string) int; duration.getSeconds() int
timestamp.getMilliseconds() int; timestamp.getMilliseconds(string) int; duration.getMilliseconds() int
string.charAt(int) string; string.indexOf(string) int; string.indexOf(string, int) int
string.lastIndexOf(string) int; string.lastIndexOf(string, int) int
list(string).join() string; list(string).join(string) string
string.lowerAscii() string; string.upperAscii() string; string.trim() string
string.replace(string, string) string; string.replace(string, string, int) string
string.split(string) list(string); string.split(string, int) list(string)
string.substring(int) string; string.substring(int, int) string
string.format(list(dyn)) string; strings.quote(string) string
string.find(string) string; string.findAll(string) list(string); string.findAll(string, int) list(string)
list(A).isSorted() bool; list(A).sum() A; list(A).min() A; list(A).max() A
list(A).indexOf(A) int; list(A).lastIndexOf(A) int
list(A).slice(int, int) list(A); list(A).flatten() list(dyn); list(A).flatten(int) list(dyn)
list(A).sort() list(A); list(A).distinct() list(A); list(A).reverse() list(A); lists.range(int) list(int)
list(A).first() optional_type(A); list(A).last() optional_type(A)
sets.contains(list(A), list(A)) bool; sets.equivalent(list(A), list(A)) bool; sets.intersects(list(A), list(A)) bool
url(string) kubernetes.URL; isURL(string) bool
kubernetes.URL.getScheme() string; kubernetes.URL.getHost() string; kubernetes.URL.getHostname() string
kubernetes.URL.getPort() string; kubernetes.URL.getEscapedPath() string
kubernetes.URL.getQuery() map(string, list(string))
quantity(string) kubernetes.Quantity; isQuantity(string) bool
kubernetes.Quantity.sign() int; kubernetes.Quantity.isGreaterThan(kubernetes.Quantity) bool
kubernetes.Quantity.isLessThan(kubernetes.Quantity) bool; kubernetes.Quantity.compareTo(kubernetes.Quantity) int
kubernetes.Quantity.asApproximateFloat() double; kubernetes.Quantity.asInteger() int; kubernetes.Quantity.isInteger() bool
kubernetes.Quantity.add(kubernetes.Quantity) kubernetes.Quantity; kubernetes.Quantity.add(int) kubernetes.Quantity
kubernetes.Quantity.sub(kubernetes.Quantity) kubernetes.Quantity; kubernetes.Quantity.sub(int) kubernetes.Quantity
ip(string) net.IP; isIP(string) bool; ip.isCanonical(string) bool
net.IP.family() int; net.IP.isUnspecified() bool; net.IP.isLoopback() bool; net.IP.isLinkLocalMulticast() bool
net.IP.isLinkLocalUnicast() bool; net.IP.isGlobalUnicast() bool
cidr(string) net.CIDR; isCIDR(string) bool
net.CIDR.containsIP(string) bool; net.CIDR.containsIP(net.IP) bool
net.CIDR.containsCIDR(string) bool; net.CIDR.containsCIDR(net.CIDR) bool
net.CIDR.ip() net.IP; net.CIDR.masked() net.CIDR; net.CIDR.prefixLength() int
semver(string) kubernetes.Semver; semver(string, bool) kubernetes.Semver; isSemver(string) bool; isSemver(string, bool) bool
kubernetes.Semver.isGreaterThan(kubernetes.Semver) bool; kubernetes.Semver.isLessThan(kubernetes.Semver) bool
kubernetes.Semver.compareTo(kubernetes.Semver) int
kubernetes.Semver.major() int; kubernetes.Semver.minor() int; kubernetes.Semver.patch() int
format.named(string) optional_type(kubernetes.NamedFormat)
kubernetes.NamedFormat.validate(string) optional_type(list(string))
optional.of(A) optional_type(A); optional.ofNonZeroValue(A) optional_type(A); optional.none() optional_type(dyn)
optional_type(A).hasValue() bool; optional_type(A).value() A; optional_type(A).orValue(A) A
optional_type(A).or(optional_type(A)) optional_type(A)
kubernetes.authorization.Authorizer.path(string) kubernetes.authorization.PathCheck
kubernetes.authorization.Authorizer.group(string) kubernetes.authorization.GroupCheck
kubernetes.authorization.Authorizer.serviceAccount(string, string) kubernetes.authorization.Authorizer
kubernetes.authorization.PathCheck.check(string) kubernetes.authorization.Decision
kubernetes.authorization.GroupCheck.resource(string) kubernetes.authorization.ResourceCheck
kubernetes.authorization.ResourceCheck.subresource(string) kubernetes.authorization.ResourceCheck
kubernetes.authorization.ResourceCheck.namespace(string) kubernetes.authorization.ResourceCheck
kubernetes.authorization.ResourceCheck.name(string) kubernetes.authorization.ResourceCheck
kubernetes.authorization.ResourceCheck.fieldSelector(string) kubernetes.authorization.ResourceCheck
kubernetes.authorization.ResourceCheck.labelSelector(string) kubernetes.authorization.ResourceCheck
kubernetes.authorization.ResourceCheck.check(string) kubernetes.authorization.Decision
kubernetes.authorization.Decision.allowed() bool; kubernetes.authorization.Decision.errored() bool
kubernetes.authorization.Decision.error() string; kubernetes.authorization.Decision.reason() string
`;

const formats =
  'dns1123Label dns1123Subdomain dns1035Label qualifiedName dns1123LabelPrefix dns1123SubdomainPrefix dns1035LabelPrefix ' +
  'labelValue uri uuid byte date datetime';

/** One way to call a function. */
export interface Overload {
  /** What it is called on, where it is. */
  readonly target?: string;
  readonly args: readonly string[];
  readonly result: string;
}

/** Names before a dot that are no types. */
const libraries: ReadonlySet<string> = new Set(['strings', 'lists', 'sets', 'ip', 'format', 'optional']);

/** The ways to call each function, by its name; one that is not called on anything may have a dotted name. */
export const functions: ReadonlyMap<string, readonly Overload[]> = read();

function read(): Map<string, Overload[]> {
  const out = new Map<string, Overload[]>();
  const named = formats.split(' ').map((name) => `format.${name}() kubernetes.NamedFormat`);
  for (const signature of [...signatures.split(/[;\n]/), ...named]) {
    // The last parentheses before the result are those of the arguments.
    const [, head = '', list = '', result = ''] =
      /^\s*(\S.*?)\(((?:[^()]|\([^()]*(?:\([^()]*\))?[^()]*\))*)\) (\S.*)$/.exec(signature) ?? [];
    const [, target, name = ''] = /^(?:(.*)\.)?(\w+)$/.exec(head) ?? [];
    if (name === '') continue;
    const member = target !== undefined && !libraries.has(target);
    const key = target !== undefined && !member ? `${target}.${name}` : name;
    const overload = { args: splitTypes(list), result, ...(member && { target }) };
    out.set(key, [...(out.get(key) ?? []), overload]);
  }
  return out;
}

/** `string, map(A, B)` → both */
export function splitTypes(text: string): string[] {
  const out: string[] = [];
  let depth = 0;
  let from = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '(') depth++;
    else if (text[i] === ')') depth--;
    else if (text[i] === ',' && depth === 0) {
      out.push(text.slice(from, i).trim());
      from = i + 1;
    }
  }
  const last = text.slice(from).trim();
  return last === '' ? out : [...out, last];
}
