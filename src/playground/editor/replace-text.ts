/**
 * Gives a textarea another text as if it had been typed, so that the browser's own undo takes it back. Only the part
 * that differs is replaced; the focus stays where it was.
 */
export function replaceText(area: HTMLTextAreaElement, text: string): void {
  const old = area.value;
  if (old === text) return;
  let from = 0;
  while (from < old.length && from < text.length && old[from] === text[from]) from++;
  let kept = 0;
  while (kept < Math.min(old.length, text.length) - from && old.at(-1 - kept) === text.at(-1 - kept)) kept++;
  const before = document.activeElement;
  area.focus({ preventScroll: true });
  area.setSelectionRange(from, old.length - kept);
  const part = text.slice(from, text.length - kept);
  // The only way that keeps the history of a text field; where a browser has dropped it, the history goes.
  const done = part === '' ? command('delete') : command('insertText', part);
  if (!done || area.value !== text) area.value = text;
  if (before instanceof HTMLElement && before !== area) before.focus({ preventScroll: true });
}

function command(name: string, value?: string): boolean {
  const run: unknown = Reflect.get(document, 'execCommand');
  return typeof run === 'function' && Reflect.apply(run, document, [name, false, value]) === true;
}
