import type { Ask } from '../check/answer';
import type { LanguageCall, LanguageReply } from './calls';
import { pageLanguage } from './page-language';
import type { Language } from './room';

type Listener = (reply: LanguageReply) => void;

/** A thread that reads texts, so that the page does not have to. Begun with the first question; one for the page. */
class LanguageThread {
  private worker: Worker | undefined;
  private lost = typeof Worker === 'undefined';
  private calls = 0;
  private readonly waiting = new Map<number, Listener>();
  private check = 0;

  /** The answers to a question; false where there is no thread to ask. */
  ask(call: (id: number) => LanguageCall, listen: Listener): boolean {
    const worker = this.open();
    if (!worker) return false;
    const id = ++this.calls;
    const asked = call(id);
    if (asked.language === 'check') {
      this.waiting.delete(this.check);
      this.check = id;
    }
    this.waiting.set(id, listen);
    worker.postMessage(asked);
    return true;
  }

  private open(): Worker | undefined {
    if (this.lost) return undefined;
    if (this.worker) return this.worker;
    try {
      // The engine's own file: what both need is fetched once.
      this.worker = new Worker(new URL('../session/engine-worker.ts', import.meta.url), { type: 'module' });
    } catch {
      this.lost = true;
      return undefined;
    }
    this.worker.addEventListener('message', ({ data }: MessageEvent<LanguageReply>) => {
      const listen = this.waiting.get(data.id);
      // A check may tell several times: it is waited for until the next one.
      if (!('told' in data)) this.waiting.delete(data.id);
      listen?.(data);
    });
    this.worker.addEventListener('error', () => {
      this.lost = true;
      this.worker = undefined;
      for (const [id, listen] of this.waiting) listen({ id, fault: 'the thread was lost' });
      this.waiting.clear();
    });
    return this.worker;
  }
}

const thread = new LanguageThread();

/** Asks in the thread, and in the page where there is none. */
function asking<M extends keyof Language>(method: M): Language[M] {
  const ask = (...args: unknown[]) =>
    new Promise((resolve, reject) => {
      const here = () => resolve(Reflect.apply(pageLanguage[method], pageLanguage, args));
      const asked = thread.ask(
        (id) => ({ id, language: method, args }),
        (reply) => {
          if ('value' in reply) resolve(reply.value);
          else if ('fault' in reply) reject(new Error(reply.fault));
        },
      );
      if (!asked) here();
    });
  return ask as Language[M]; // answered by the method of that name: answer-call.ts
}

/** The language asked in a thread of its own. */
export const workerLanguage: Language = {
  choices: asking('choices'),
  facts: asking('facts'),
  description: asking('description'),
  hints: asking('hints'),
  format: asking('format'),
};

/** Checks in the thread; in the page where there is none. */
export const askThread: Ask = (text, world, wanted, tell) => {
  const here = () => void import('../check/ask-here').then((module) => module.askHere(text, world, wanted, tell));
  const asked = thread.ask(
    (id) => ({ id, language: 'check', text, world }),
    (reply) => {
      if ('told' in reply && wanted()) tell(reply.told);
      if ('fault' in reply && wanted()) here();
    },
  );
  if (!asked) here();
};
