import type { WorldFile } from '@/kubernetes/world';
import { checkText } from '../check/adapter';
import { pagePacer } from '../check/pacer';
import type { LanguageCall, LanguageReply } from './calls';
import { languageRoom } from './room';
import { Telling } from './telling';

let latest = 0;
let latestWorld: WorldFile | undefined;
const telling = new Telling();

/** Answers a question in the thread that this runs in. Long checks leave room for the questions that come meanwhile. */
export async function answerLanguageCall(call: LanguageCall, send: (reply: LanguageReply) => void): Promise<void> {
  const { id } = call;
  try {
    if (call.language === 'check') {
      latest = id;
      const pacer = pagePacer(() => latest === id);
      const tell = telling.begin(call.text, (told) => send({ id, told }));
      await checkText(call.text, { world: theSame(call.world) }, pacer, tell);
      return;
    }
    const question: (...args: never[]) => unknown = languageRoom[call.language];
    send({ id, value: await Reflect.apply(question, languageRoom, call.args) });
  } catch (error) {
    send({ id, fault: error instanceof Error ? error.message : String(error) });
  }
}

/** Every question brings a copy of its world; what was made of the world before is made once. */
function theSame(world: WorldFile): WorldFile {
  if (!latestWorld || JSON.stringify(latestWorld) !== JSON.stringify(world)) latestWorld = world;
  return latestWorld;
}
