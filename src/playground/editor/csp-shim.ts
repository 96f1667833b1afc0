/**
 * Monaco writes its theme into `<style>` elements, which the page's content security policy forbids. Style sheets made
 * by script are allowed, so the text of a `<style>` made by script goes into one of those. Import this before Monaco.
 */
const sheets = new WeakMap<HTMLStyleElement, CSSStyleSheet>();
const original = Object.getOwnPropertyDescriptor(Node.prototype, 'textContent');

Object.defineProperty(HTMLStyleElement.prototype, 'textContent', {
  configurable: true,
  get(this: HTMLStyleElement): unknown {
    const sheet = sheets.get(this);
    return sheet ? [...sheet.cssRules].map((rule) => rule.cssText).join('\n') : original?.get?.call(this);
  },
  set(this: HTMLStyleElement, text: string | null) {
    let sheet = sheets.get(this);
    if (!sheet) {
      sheet = new CSSStyleSheet();
      sheets.set(this, sheet);
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    }
    sheet.replaceSync(text ?? '');
  },
});
