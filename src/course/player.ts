import type { FileSystem } from '@/kubectl/command';
import type { Cluster } from '@/kubernetes/cluster';
import { runLine } from '@/shell/interpreter';
import type { Journey } from '@/shell/net/journey';
import { parsePlace } from '@/shell/place';
import { PlaceGone } from '@/shell/scene';
import { Session } from '@/shell/session';
import type { Statement } from './statements';

/** One command of a transcript. */
export interface Played {
  readonly command: string;
  /** `client`, a node's name, `pod/NAME` … */
  readonly place: string;
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
  /** Virtual seconds since the cluster's start at which it was typed. */
  readonly time: number;
  /** The ways of the packets that it sent first, where it connected to somebody. */
  readonly journeys: readonly Journey[];
}

/** A loop may connect a thousand times; the first ways tell enough. */
const mostJourneys = 20;

/** Types commands at a cluster, one after another, and keeps a terminal per place. */
export class Player {
  private readonly sessions = new Map<string, Session>();
  /** Of the command that is played. */
  private journeys: Journey[] = [];

  /** `files`: what lies in the client's working folder. */
  constructor(
    readonly cluster: Cluster,
    private readonly files?: FileSystem,
  ) {}

  play(statement: Statement): Played {
    const place = statement.place ?? 'client';
    const time = this.cluster.clock.now / 1000;
    const command = statement.text;
    try {
      this.journeys = [];
      const { stdout, stderr, exitCode } = this.cluster.run(runLine(this.session(place), command));
      return { command, place, stdout, stderr, exitCode, time, journeys: this.journeys };
    } catch (error) {
      if (!(error instanceof PlaceGone)) throw error;
      return { command, place, stdout: '', stderr: `${error.message}\n`, exitCode: 1, time, journeys: [] };
    }
  }

  /** The terminal at a place; opened when first asked for. Throws shell's PlaceGone where there is no such place. */
  session(place: string): Session {
    const open = this.sessions.get(place);
    if (open) return open;
    const machines = ['client', ...this.cluster.world.machines.map((machine) => machine.name)];
    const walked = (journey: Journey) => {
      if (this.journeys.length < mostJourneys) this.journeys.push(journey);
    };
    const options = { terminal: true, walked, ...(place === 'client' && this.files ? { files: this.files } : {}) };
    const session = new Session(this.cluster, parsePlace(place, machines), options);
    this.sessions.set(place, session);
    return session;
  }
}
