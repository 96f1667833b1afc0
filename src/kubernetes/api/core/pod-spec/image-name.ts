// Upstream: pkg/util/parsers/parsers.go, github.com/distribution/reference
const host = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])';
const domain = `(?:${host}(?:\\.${host})*|\\[(?:[a-fA-F0-9:]+)\\])(?::[0-9]+)?`;
const component = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*';
const digest = '[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}';
const reference = new RegExp(
  `^((?:${domain}/)?${component}(?:/${component})*)(?::([\\w][\\w.-]{0,127}))?(?:@(${digest}))?$`,
);

export interface ImageName {
  readonly repository: string;
  /** `latest` where neither tag nor digest is written. */
  readonly tag: string;
  readonly digest: string;
}

const maxPathLength = 255;

/** The name without its registry; upstream's `splitDockerDomain` puts what has none into Docker Hub's `library/`. */
function pathOf(repository: string): string {
  const slash = repository.indexOf('/');
  const first = repository.slice(0, Math.max(slash, 0));
  const named = first === 'localhost' || /[.:]/.test(first) || first.toLowerCase() !== first;
  const path = named ? repository.slice(slash + 1) : repository;
  const hub = !named || first === 'docker.io' || first === 'index.docker.io';
  return hub && !path.includes('/') ? `library/${path}` : path;
}

/** Splits an image reference; undefined where it is none. */
export function parseImageName(image: string): ImageName | undefined {
  const match = reference.exec(image);
  if (!match) return undefined;
  const [, repository = '', tag = '', digestPart = ''] = match;
  if (/^[a-f0-9]{64}$/.test(image) || pathOf(repository).length > maxPathLength) return undefined;
  return { repository, tag: tag === '' && digestPart === '' ? 'latest' : tag, digest: digestPart };
}

/** `Always` for the tag `latest`, written or implied. Upstream: pkg/apis/core/v1/defaults.go `SetDefaults_Container`. */
export function defaultPullPolicy(image: string | undefined): 'Always' | 'IfNotPresent' {
  return parseImageName(image ?? '')?.tag === 'latest' ? 'Always' : 'IfNotPresent';
}
