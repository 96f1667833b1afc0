/**
 * Puts on a style sheet that came inside a script. Astro links the sheets of everything that a page may ever fetch into
 * its head; what only a dialog needs is to come with the dialog.
 */
export function wear(css: string): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}
