import type { EngineRoom } from './engine-room';

/** What can be asked of a room. */
export type Calls = Pick<EngineRoom, 'open' | 'perform' | 'view' | 'look' | 'why' | 'complete' | 'judge' | 'compare'>;

/** What a call is answered with. */
export type Reply<M extends keyof Calls> = Awaited<ReturnType<Calls[M]>>;

/** A call as it is sent to the room. */
export interface Call {
  readonly id: number;
  readonly method: keyof Calls;
  readonly args: readonly unknown[];
}

/** What comes back for a call. */
export type Answer = { readonly id: number; readonly value: unknown } | { readonly id: number; readonly fault: string };

/** Does what a call asks for. */
export function answerCall(room: Calls, { method, args }: Call): unknown {
  const call: (...args: never[]) => unknown = room[method];
  return Reflect.apply(call, room, args);
}
