import crowded from '/content/checks/crowded.yaml?raw';
import mismatch from '/content/checks/mismatch.yaml?raw';
import misplaced from '/content/checks/misplaced.yaml?raw';
import type { Example } from '@/playground/check/CheckPage';

/** Manifests with a mistake that people really make; offered where nothing has been pasted yet. */
export function checkExamples(): Example[] {
  return [
    { id: 'mismatch', text: mismatch },
    { id: 'misplaced', text: misplaced },
    { id: 'crowded', text: crowded },
  ];
}
