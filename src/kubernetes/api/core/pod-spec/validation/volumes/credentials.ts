// Upstream: pkg/apis/core/validation/validation.go `validateProjectionSources`
import { type FieldError, goQuote, invalid, type Path, required, tooLong } from '../../../../field-error';
import type { ClusterTrustBundleProjection, PodCertificateProjection } from '../../../../generated/core-v1';
import type { KubernetesVersion } from '../../../../kind';
import { validateLabelSelector } from '../../../../meta/label-selector';
import { byteLength, dns1123Label, dns1123Subdomain, type NameRule } from '../../../../meta/names';
import { nonReservedPath } from '../paths';
import { requiredOneOf } from '../supported';

export function validateClusterTrustBundle(source: ClusterTrustBundleProjection, path: Path): FieldError[] {
  const { name, signerName, labelSelector, path: file } = source;
  const errors: FieldError[] = [];
  if (name !== undefined && signerName !== undefined) {
    errors.push(invalid(path, source, 'only one of name and signerName may be used'));
  } else if (name !== undefined) {
    if (name === '') errors.push(required(path.child('name'), 'must be a valid object name'));
    for (const message of dns1123Subdomain(name.replaceAll(':', '.'))) {
      errors.push(invalid(path.child('name'), name, `not a valid clustertrustbundlename: ${message}`));
    }
    if (labelSelector) {
      errors.push(
        invalid(path.child('labelSelector'), labelSelector, 'labelSelector must be unset if name is specified'),
      );
    }
  } else if (signerName !== undefined) {
    if (signerName === '') errors.push(required(path.child('signerName'), 'must be a valid signer name'));
    errors.push(...validateSignerName(signerName, path.child('signerName')));
    errors.push(...validateLabelSelector(labelSelector, path.child('labelSelector')));
  } else {
    errors.push(required(path, 'either name or signerName must be specified'));
  }
  if (!file) errors.push(required(path.child('path')));
  return [...errors, ...nonReservedPath(file ?? '', path.child('path'))];
}

/** `example.com/signer`. Upstream: pkg/apis/core/validation/names.go */
export function validateSignerName(name: string, path: Path): FieldError[] {
  if (name === '') return [required(path)];
  const [domain = '', last = '', ...rest] = name.split('/');
  if (rest.length > 0 || !name.includes('/'))
    return [invalid(path, name, "must be a fully qualified domain and path of the form 'example.com/signer-name'")];
  const errors: FieldError[] = [];
  if (byteLength(domain) > longestDomain) errors.push(tooLong(path, longestDomain));
  errors.push(...validateParts(domain, dns1123Label, path));
  if (!domain.includes('.')) {
    errors.push(invalid(path, domain, 'should be a domain with at least two segments separated by dots'));
  }
  errors.push(...validateParts(last, dns1123Subdomain, path));
  if (byteLength(name) > longestSigner) errors.push(tooLong(path, longestSigner));
  return errors;
}

const longestDomain = 253;
const longestSigner = longestDomain + 1 + longestDomain + 63 + 1;

/** The first part between dots that is none speaks for all. */
function validateParts(text: string, rule: NameRule, path: Path): FieldError[] {
  const wrong = text.split('.').find((part) => rule(part).length > 0);
  if (wrong === undefined) return [];
  return rule(wrong).map((message) => invalid(path, text, `validating label ${goQuote(wrong)}: ${message}`));
}

const keyTypes = ['RSA3072', 'RSA4096', 'ECDSAP256', 'ECDSAP384', 'ECDSAP521', 'ED25519'];

export function validatePodCertificate(
  source: PodCertificateProjection,
  path: Path,
  _kubernetes: KubernetesVersion,
): FieldError[] {
  const { signerName, keyType, maxExpirationSeconds, credentialBundlePath, keyPath, certificateChainPath } = source;
  const errors = [
    ...validateSignerName(signerName, path.child('signerName')),
    ...requiredOneOf(keyType, keyTypes, path.child('keyType')),
  ];
  const at = path.child('maxExpirationSeconds');
  if (maxExpirationSeconds !== undefined && maxExpirationSeconds < 3600) {
    errors.push(invalid(at, maxExpirationSeconds, 'if provided, maxExpirationSeconds must be >= 3600'));
  }
  if (maxExpirationSeconds !== undefined && maxExpirationSeconds > 91 * 86400) {
    errors.push(invalid(at, maxExpirationSeconds, `if provided, maxExpirationSeconds must be <= ${91 * 86400}`));
  }
  const files = { credentialBundlePath, keyPath, certificateChainPath };
  if (!Object.values(files).some(Boolean)) {
    errors.push(required(path, 'specify at least one of credentialBundlePath, keyPath, and certificateChainPath'));
  }
  for (const [field, file] of Object.entries(files)) if (file) errors.push(...nonReservedPath(file, path.child(field)));
  return errors;
}
