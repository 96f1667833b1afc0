import type { FieldPath } from './manifest';

/**
 * A path in the API server's notation as steps: `spec.containers[0].image`, `metadata.labels[a.b/c]`. What stands in
 * brackets is an index where it is a number.
 */
export function parsePath(text: string): FieldPath {
  const steps: (string | number)[] = [];
  for (const match of text.matchAll(/\[([^\]]*)\]|([^.[\]]+)/g)) {
    const [, bracketed, name] = match;
    if (bracketed === undefined) steps.push(name ?? '');
    else steps.push(/^\d+$/.test(bracketed) ? Number(bracketed) : bracketed);
  }
  return steps;
}

/** The steps in the API server's notation. */
export function pathText(path: FieldPath): string {
  let text = '';
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`;
    else if (/[.[\]/]/.test(step)) text += `[${step}]`;
    else text += text === '' ? step : `.${step}`;
  }
  return text;
}
