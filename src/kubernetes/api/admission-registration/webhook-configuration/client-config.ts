// Upstream: staging/src/k8s.io/apiserver/pkg/util/webhook/validation.go
import { type FieldError, goQuote, invalid, type Path, required } from '../../field-error';
import type { ServiceReference, WebhookClientConfig } from '../../generated/admissionregistration-v1';
import { dns1123Subdomain, portNumber } from '../../meta/names';

/** A webhook is a URL or a Service. */
export function validateClientConfig({ url, service }: WebhookClientConfig, path: Path): FieldError[] {
  if ((url === undefined) === (service === undefined)) {
    return [required(path, 'exactly one of url or service is required')];
  }
  if (url !== undefined) return validateURL(url, path.child('url'));
  return service ? validateService(service, path.child('service')) : [];
}

const form = '; desired format: https://host[/path]';

function validateURL(text: string, path: Path): FieldError[] {
  // Go: net/url `Parse`, as far as it refuses anything.
  const broken = (why: string) => [required(path, `url must be a valid URL: parse ${goQuote(text)}: ${why}${form}`)];
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  if (/[\x00-\x1f\x7f]/.test(text)) return broken('net/url: invalid control character in URL');
  const [, scheme = '', rest = ''] = /^(?:([a-zA-Z][a-zA-Z0-9+.-]*):)?(.*)$/s.exec(text) ?? [];
  if (scheme === '' && text.startsWith(':')) return broken('missing protocol scheme');
  if (scheme === '' && (/^[^/?#]*/.exec(rest)?.[0] ?? '').includes(':')) {
    return broken('first path segment in URL cannot contain colon');
  }
  const [, authority = '', , query = '', fragment = ''] =
    /^(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s.exec(rest) ?? [];
  const at = authority.lastIndexOf('@');
  const host = authority.slice(at + 1);
  const port = /^(?:\[[^\]]*\]|[^:]*):(.*)$/s.exec(host)?.[1];
  if (port !== undefined && !/^\d*$/.test(port)) return broken(`invalid port ${goQuote(`:${port}`)} after host`);
  if (/ /.test(host)) return broken(`invalid character " " in host name`);
  const errors: FieldError[] = [];
  const named = scheme.toLowerCase();
  if (named !== 'https') errors.push(invalid(path, named, `'https' is the only allowed URL scheme${form}`));
  if (host === '') errors.push(invalid(path, '', `host must be specified${form}`));
  if (at >= 0) errors.push(invalid(path, authority.slice(0, at), 'user information is not permitted in the URL'));
  if (fragment) errors.push(invalid(path, fragment, 'fragments are not permitted in the URL'));
  if (query) errors.push(invalid(path, query, 'query parameters are not permitted in the URL'));
  return errors;
}

function validateService({ name, namespace, path: urlPath, port = 0 }: ServiceReference, path: Path): FieldError[] {
  const errors: FieldError[] = [];
  // Upstream hands the two over the wrong way round, so that each is looked for where the other should be.
  if (!namespace) errors.push(required(path.child('name')));
  if (!name) errors.push(required(path.child('namespace')));
  const wrongPort = portNumber(port);
  if (wrongPort.length > 0)
    errors.push(invalid(path.child('port'), port, `port is not valid: ${wrongPort.join(', ')}`));
  return urlPath === undefined ? errors : [...errors, ...validatePath(urlPath, path.child('path'))];
}

function validatePath(urlPath: string, path: Path): FieldError[] {
  if (urlPath === '/' || urlPath === '') return [];
  if (urlPath === '//') return [invalid(path, urlPath, 'segment[0] may not be empty')];
  const errors = urlPath.startsWith('/') ? [] : [invalid(path, urlPath, "must start with a '/'")];
  const steps = urlPath.slice(1).replace(/\/$/, '').split('/');
  return steps.reduce((all, step, i) => {
    if (step === '') return [...all, invalid(path, urlPath, `segment[${i}] may not be empty`)];
    const wrong = dns1123Subdomain(step).map((message) => invalid(path, urlPath, `segment[${i}]: ${message}`));
    return [...all, ...wrong];
  }, errors);
}
