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

/** Splits an image reference; undefined where it is none. */
export function parseImageName(image: string): ImageName | undefined {
  const match = reference.exec(image);
  if (!match) return undefined;
  const [, repository = '', tag = '', digestPart = ''] = match;
  return { repository, tag: tag === '' && digestPart === '' ? 'latest' : tag, digest: digestPart };
}

/** `Always` for the tag `latest`, written or implied. Upstream: pkg/apis/core/v1/defaults.go `SetDefaults_Container`. */
export function defaultPullPolicy(image: string | undefined): 'Always' | 'IfNotPresent' {
  return parseImageName(image ?? '')?.tag === 'latest' ? 'Always' : 'IfNotPresent';
}
