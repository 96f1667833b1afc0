import type { LanguageCall, LanguageReply } from '../language/calls';
import { type Answer, type Call, type Calls, answerCall } from './calls';

/**
 * A thread beside the page: an engine, which answers one call after the other, or a reader of texts for the editor. Both are
 * made of the same parts, so they are one file; each thread fetches what it is asked for.
 */
let room: Promise<Calls> | undefined;
let turn: Promise<unknown> = Promise.resolve();

async function answer(call: Call): Promise<void> {
  try {
    room ??= import('./engine-room').then((module) => new module.EngineRoom());
    send({ id: call.id, value: await answerCall(await room, call) });
  } catch (error) {
    send({ id: call.id, fault: error instanceof Error ? error.message : String(error) });
  }
}

async function answerLanguage(call: LanguageCall): Promise<void> {
  const { answerLanguageCall } = await import('../language/answer-call');
  await answerLanguageCall(call, send);
}

function send(message: Answer | LanguageReply): void {
  postMessage(message);
}

addEventListener('message', ({ data }: MessageEvent<Call | LanguageCall>) => {
  if ('language' in data) void answerLanguage(data);
  else turn = turn.then(() => answer(data));
});
