/** A page of the site about a text that Kubernetes says. */
export interface ErrorLink {
  /** A pattern by which the text is known. */
  readonly match: string;
  readonly title: string;
  readonly href: string;
}

/** The page about a text, if there is one. */
export function errorLinkOf(text: string, links: readonly ErrorLink[] | undefined): ErrorLink | undefined {
  return text === '' ? undefined : links?.find(({ match }) => new RegExp(match).test(text));
}
