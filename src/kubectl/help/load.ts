import { hasHelpTexts, provideHelpTexts } from './texts';

/** Loads the texts of help as a module of their own and hands them in; once they are there it does nothing. */
export async function loadHelpTexts(): Promise<void> {
  if (!hasHelpTexts()) provideHelpTexts((await import('./help-texts.json')).default);
}

/** Groups that print their help when they are called alone, and `config`, which prints it for a wrong number of words. */
const alone =
  /\bk(?:ubectl)? +(?:config\b|(?:set|rollout|certificate|top|auth|kuberc|plugin|create +(?:secret|service|svc))\s*(?:$|[^\w\s-]|\n))/;

/** Whether a line, script or recording may come to need them: what keeps a host from loading them for nothing. */
export function mentionsHelp(text: string): boolean {
  return /-h\b|help|options/.test(text) || alone.test(text);
}
