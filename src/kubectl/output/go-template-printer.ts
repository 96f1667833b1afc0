import type { KubeObject } from '@/kubernetes/api/object';
import { KubectlError } from '../errors';
import { goValueText } from './go-syntax';
import { GoTemplateFailure, parsedGoTemplate } from './go-template';
import { goQuote } from './go-template/literal';
import type { ObjectPrinter } from './object-printer';

/** What a template's printer is given of its command. */
export interface TemplateSurroundings {
  readonly strict: boolean;
  /** What a failing template wrote, and the object it failed on, go to the output themselves. */
  readonly stdout: (text: string) => void;
  readonly json: (object: KubeObject) => string;
}

/** The printer for `-o go-template`. Throws for a text that is no template. Upstream: cli-runtime/pkg/printers/template.go `PrintObj`. */
export function goTemplatePrinter(template: string, { strict, stdout, json }: TemplateSurroundings): ObjectPrinter {
  const run = parsedTemplate(template, strict);
  return (object) => {
    const { text, failure } = run(object);
    if (failure === undefined) return text;
    stdout(
      `${text}Error executing template: ${failure}. Printing more information for debugging the template:\n` +
        `\ttemplate was:\n\t\t${template}\n\traw data was:\n\t\t${json(object)}\n` +
        `\tobject given to template engine was:\n\t\t${goValueText(object)}\n\n`,
    );
    throw new KubectlError(`error executing template ${goQuote(template)}: ${failure}`);
  };
}

function parsedTemplate(template: string, strict: boolean): ReturnType<typeof parsedGoTemplate> {
  try {
    return parsedGoTemplate(template, strict);
  } catch (error) {
    if (error instanceof GoTemplateFailure) {
      throw new KubectlError(`error parsing template ${template}, ${error.message}`);
    }
    throw error;
  }
}
