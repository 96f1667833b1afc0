// Runs before the first paint: the theme the reader chose here earlier, if any. Without a choice the system decides.
try {
  const chosen = localStorage.getItem('theme');
  if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.theme = chosen;
} catch {
  // Storage may be forbidden; then the system decides.
}
document.documentElement.classList.add('js');
