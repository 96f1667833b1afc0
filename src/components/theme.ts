/** The button that changes between light and dark, and remembers what was chosen. */
const root = document.documentElement;

function current(): 'light' | 'dark' {
  if (root.dataset.theme === 'dark' || root.dataset.theme === 'light') return root.dataset.theme;
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

for (const button of document.querySelectorAll<HTMLButtonElement>('button.theme')) {
  button.addEventListener('click', () => {
    const next = current() === 'dark' ? 'light' : 'dark';
    root.dataset.theme = next;
    try {
      localStorage.setItem('theme', next);
    } catch {
      // Storage may be forbidden; the choice then lasts as long as the page.
    }
    dispatchEvent(new CustomEvent('themechange', { detail: next }));
  });
}
