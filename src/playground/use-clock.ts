import { useEffect } from 'preact/hooks';
import { EngineLost } from './session/engine-host';
import type { Board } from './state';

/** Milliseconds of the reader's time between two steps of the cluster's, while time is let run. */
const tick = 250;

/** Lets the cluster's time run while `running` says so. A step that takes longer than its beat is waited for. */
export function useClock(board: Board): void {
  const running = board.running.value;
  const pace = board.pace.value;
  useEffect(() => {
    if (!running) return undefined;
    let waiting = false;
    const step = async () => {
      // The timer may outlive the press that stopped the clock by one beat.
      if (waiting || !board.running.peek()) return;
      waiting = true;
      try {
        await board.session.act({ kind: 'advance', by: tick * pace, running: true });
      } catch (error) {
        board.running.value = false;
        if (!(error instanceof EngineLost)) throw error;
        board.banner.value = { tone: 'refuse', text: board.t.time.stopped(board.t.time.play) };
      } finally {
        waiting = false;
      }
    };
    const timer = setInterval(() => void step(), tick);
    return () => clearInterval(timer);
  }, [running, pace, board]);

  // A clock that was started for a command stands still again when the command has ended.
  const { busy, asked } = board.live.value.terminals;
  const goingOn = busy.length > asked.length;
  useEffect(() => {
    if (goingOn || !board.startedFor.peek()) return;
    board.startedFor.value = false;
    board.running.value = false;
  }, [goingOn, board]);
}

/** Time runs while a command does. */
export function runForCommands(board: Board): void {
  const { busy, asked } = board.live.peek().terminals;
  if (busy.length <= asked.length || board.running.peek()) return;
  board.startedFor.value = true;
  board.running.value = true;
}
