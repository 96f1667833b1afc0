import { Executor } from './execute';
import { functions } from './functions';
import { parseTemplates } from './parse';
import { GoTemplateFailure } from './token-stream';
import { boxed, unboxed } from './value';

export { GoTemplateFailure } from './token-stream';

/** What a template wrote, and why it stopped when it did. */
export interface TemplateRun {
  readonly text: string;
  readonly failure?: string;
}

/** Go's text/template. Throws GoTemplateFailure for a text that is no template. */
export function parsedGoTemplate(source: string, strict = false): (data: unknown) => TemplateRun {
  const templates = bounded(() => parseTemplates(source, (name) => functions.has(name)));
  return (data) => {
    const executor = new Executor({ source, templates, strict });
    try {
      bounded(() => executor.run(unboxed(boxed(data))));
      return { text: executor.out };
    } catch (error) {
      if (!(error instanceof GoTemplateFailure)) throw error;
      return { text: executor.out, failure: error.message };
    }
  };
}

/** The same at once. Throws GoTemplateFailure for a template that fails, too. */
export function goTemplate(source: string, data: unknown): string {
  const { text, failure } = parsedGoTemplate(source)(data);
  if (failure !== undefined) throw new GoTemplateFailure(failure);
  return text;
}

/** Actions in actions in actions take the host's stack: where it ends, the template is refused in plain words. */
function bounded<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new GoTemplateFailure('template: output: so deep a nesting is not simulated');
  }
}
