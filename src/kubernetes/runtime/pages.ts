/** Long texts that programs of images answer with, by the names that image files use. */
let pages: Readonly<Record<string, string>> | undefined;

/**
 * Hands in the texts under content/images/pages: they are long, so a host loads them when somebody may ask for one
 * (`loadImagePages`); without them a route answers with its own `body`. Undefined takes them away.
 */
export function provideImagePages(texts: Readonly<Record<string, string>> | undefined): void {
  pages = texts;
}

export function hasImagePages(): boolean {
  return pages !== undefined;
}

export function imagePage(name: string): string | undefined {
  return pages?.[name];
}
