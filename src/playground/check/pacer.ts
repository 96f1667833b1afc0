import type { Pacer } from '@/checker/steps';

/** Milliseconds of work at a stretch: a frame at 60 Hz has room for it. */
const slice = 10;

/** Works in slices that leave the page room to scroll and to take keys, for as long as the answer is `wanted`. */
export function pagePacer(wanted: () => boolean): Pacer {
  let begun = performance.now();
  return {
    isDue: () => performance.now() - begun > slice,
    async pause() {
      await turnOfOthers();
      begun = performance.now();
      return wanted();
    },
  };
}

/** A message to oneself comes after what the browser has waiting, and is not held back as timers are. */
function turnOfOthers(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
