/** Screens narrower than this edit in a plain text area. */
const narrow = '(max-width: 719px)';

/** Whether the full editor is for this screen. */
export function hasRoom(): boolean {
  return !matchMedia(narrow).matches;
}

/** Fetches the full editor; asked for again, it is the same. */
export const fetchEditor = () => import('./monaco');
