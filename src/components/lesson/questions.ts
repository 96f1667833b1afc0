/** Questions: one commits to an answer before one may look. Without this script the answers open like any detail. */
for (const card of document.querySelectorAll<HTMLElement>('[data-question]')) {
  const details = card.querySelector('details');
  const summary = card.querySelector('summary');
  const nudge = card.querySelector<HTMLElement>('.nudge');
  const verdict = card.querySelector<HTMLElement>('.verdict');
  const chosen = () => card.querySelector<HTMLInputElement>('input:checked');
  summary?.addEventListener('click', (event) => {
    if (chosen() || details?.open) return;
    event.preventDefault();
    if (nudge) nudge.textContent = nudge.dataset.text ?? '';
    card.querySelector('input')?.focus();
  });
  details?.addEventListener('toggle', () => {
    const choice = chosen();
    if (!details.open || !choice || !verdict) return;
    const right = choice.value === card.dataset.answer;
    card.dataset.result = right ? 'right' : 'wrong';
    verdict.textContent = (right ? verdict.dataset.right : verdict.dataset.wrong) ?? '';
    if (nudge) nudge.textContent = '';
    for (const input of card.querySelectorAll('input')) input.disabled = true;
    summary?.remove();
  });
}
addEventListener('beforeprint', () => {
  for (const details of document.querySelectorAll('details')) details.open = true;
});
