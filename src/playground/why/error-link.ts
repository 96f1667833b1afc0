/** A page of the site about a text that Kubernetes says. */
export interface ErrorLink {
  /** A pattern by which the text is known. */
  readonly match: string;
  /** Rules of the check that foresee it: `V04`. */
  readonly foreseen?: readonly string[] | undefined;
  readonly href: string;
}

/** The page about a text, if there is one. */
export function errorLinkOf(text: string, links: readonly ErrorLink[] | undefined): ErrorLink | undefined {
  return text === '' ? undefined : links?.find(({ match }) => new RegExp(match).test(text));
}

/** The page about a finding of the check: about its text, or about what it foresees. */
export function errorLinkOfFinding(
  { message, code }: { readonly message: string; readonly code: string },
  links: readonly ErrorLink[] | undefined,
): ErrorLink | undefined {
  return errorLinkOf(message, links) ?? links?.find(({ foreseen }) => foreseen?.includes(code));
}
