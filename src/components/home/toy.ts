/**
 * The switch works by style sheet alone. This only remembers it in the address, so that a link can open a position.
 */
const radios = document.querySelectorAll<HTMLInputElement>('.switch input');
for (const radio of radios) {
  if (location.hash === `#${radio.value}`) radio.checked = true;
  radio.addEventListener('change', () => history.replaceState(undefined, '', `#${radio.value}`));
}
