import { type Answer, type Call, type Calls, type Reply, answerCall } from './calls';

/** The engine is gone, and with it whatever was asked of it: it was stopped, or it broke down. */
export class EngineLost extends Error {}

/** Where an engine lives. */
export interface EngineHost {
  ask<M extends keyof Calls>(method: M, ...args: Parameters<Calls[M]>): Promise<Reply<M>>;
  /** Ends the engine at once, whatever it is at. False where that cannot be. */
  kill(): boolean;
}

/** An engine in a worker: nothing that it does keeps the page from answering. */
class WorkerHost implements EngineHost {
  private readonly pending = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  private calls = 0;
  private lost = false;
  private begun = false;

  constructor(
    private readonly worker: Worker,
    private readonly cannotStart: () => void,
  ) {
    worker.addEventListener('message', ({ data }: MessageEvent<Answer>) => {
      this.begun = true;
      const waiting = this.pending.get(data.id);
      this.pending.delete(data.id);
      if ('fault' in data) waiting?.reject(new Error(data.fault));
      else waiting?.resolve(data.value);
    });
    worker.addEventListener('error', () => {
      if (!this.begun) this.cannotStart();
      this.kill();
    });
  }

  ask<M extends keyof Calls>(method: M, ...args: Parameters<Calls[M]>): Promise<Reply<M>> {
    if (this.lost) return Promise.reject(new EngineLost());
    const id = ++this.calls;
    return new Promise<Reply<M>>((resolve, reject) => {
      // The room answers a call with what its method returns: the other end of this line is `answerCall`.
      this.pending.set(id, { resolve: (value) => resolve(value as Reply<M>), reject });
      this.worker.postMessage({ id, method, args } satisfies Call);
    });
  }

  kill(): boolean {
    this.lost = true;
    this.worker.terminate();
    for (const { reject } of this.pending.values()) reject(new EngineLost());
    this.pending.clear();
    return true;
  }
}

/** An engine in the page itself, where there are no workers. */
class PageHost implements EngineHost {
  private readonly room = import('./engine-room').then((module) => new module.EngineRoom());

  async ask<M extends keyof Calls>(method: M, ...args: Parameters<Calls[M]>): Promise<Reply<M>> {
    const value = await answerCall(await this.room, { id: 0, method, args });
    return value as Reply<M>; // what the method of that name returns
  }

  kill(): boolean {
    return false;
  }
}

let workers = typeof Worker !== 'undefined';

/** A place for a new engine: a worker, or the page where the browser has none or does not start it. */
export function openHost(): EngineHost {
  if (!workers) return new PageHost();
  try {
    const worker = new Worker(new URL('./engine-worker.ts', import.meta.url), { type: 'module' });
    return new WorkerHost(worker, () => (workers = false));
  } catch {
    workers = false;
    return new PageHost();
  }
}
