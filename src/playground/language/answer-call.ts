import { checkText } from '../check/adapter';
import { pagePacer } from '../check/pacer';
import type { LanguageCall, LanguageReply } from './calls';
import { languageRoom } from './room';

let latest = 0;

/** Answers a question in the thread that this runs in. Long checks leave room for the questions that come meanwhile. */
export async function answerLanguageCall(call: LanguageCall, send: (reply: LanguageReply) => void): Promise<void> {
  const { id } = call;
  try {
    if (call.language === 'check') {
      latest = id;
      const pacer = pagePacer(() => latest === id);
      await checkText(call.text, { world: call.world }, pacer, (told) => send({ id, told }));
      return;
    }
    const question: (...args: never[]) => unknown = languageRoom[call.language];
    send({ id, value: await Reflect.apply(question, languageRoom, call.args) });
  } catch (error) {
    send({ id, fault: error instanceof Error ? error.message : String(error) });
  }
}
