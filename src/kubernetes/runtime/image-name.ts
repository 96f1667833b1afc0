/** A reference taken apart and completed: `nginx` → docker.io/library/nginx:latest. */
export interface ImageName {
  readonly repository: string;
  readonly tag: string;
  readonly digest: string | undefined;
  /** `docker.io/library/nginx:latest` */
  readonly full: string;
}

// github.com/distribution/reference, grammar of reference.go
const domainPart = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])';
const domain = `${domainPart}(?:\\.${domainPart})*(?::[0-9]+)?`;
const pathPart = '[a-z0-9]+(?:(?:[._]|__|[-]+)[a-z0-9]+)*';
const grammar = new RegExp(
  `^(?:(${domain})/)?(${pathPart}(?:/${pathPart})*)(?::([\\w][\\w.-]{0,127}))?(?:@([A-Za-z][A-Za-z0-9]*:[0-9a-fA-F]{32,}))?$`,
);

/** Undefined when the text is no reference (`InvalidImageName`). */
export function parseImageName(text: string): ImageName | undefined {
  const match = grammar.exec(text);
  if (!match) return undefined;
  const [, first, rest = '', tag, digest] = match;
  const isDomain =
    first !== undefined && (/[.:]/.test(first) || first === 'localhost' || first !== first.toLowerCase());
  const host = isDomain ? first : 'docker.io';
  const path = isDomain || first === undefined ? rest : `${first}/${rest}`;
  const repository = `${host}/${host === 'docker.io' && !path.includes('/') ? `library/${path}` : path}`;
  const full = digest ? `${repository}@${digest}` : `${repository}:${tag ?? 'latest'}`;
  return { repository, tag: tag ?? 'latest', digest, full };
}

/**
 * Why a text is no reference. Upstream: github.com/distribution/reference/normalize.go `ParseNormalizedNamed`.
 */
export function imageNameError(text: string): string {
  if (/^[0-9a-f]{64}$/.test(text)) {
    return `invalid repository name (${text}), cannot specify 64-byte hexadecimal strings`;
  }
  const [first = '', ...others] = text.split('/');
  const hasDomain = others.length > 0 && (/[.:]/.test(first) || first === 'localhost' || first !== first.toLowerCase());
  const isHub = !hasDomain || first === 'docker.io' || first === 'index.docker.io';
  const rest = hasDomain ? others.join('/') : text;
  const remote = (isHub && !rest.includes('/') ? `library/${rest}` : rest).replace(/:.*$/s, '');
  const isUpper = remote !== remote.toLowerCase();
  return `invalid reference format${isUpper ? `: repository name (${remote}) must be lowercase` : ''}`;
}

/** The text for a reference with its tag written out, as kubelet's image events name it: `nginx` → `nginx:latest`. */
export function withDefaultTag(text: string): string {
  const name = parseImageName(text);
  if (!name || name.digest) return text;
  return /:[\w][\w.-]*$/.test(text.slice(text.lastIndexOf('/') + 1)) ? text : `${text}:latest`;
}
