/** A recording: one JSON value with an `id`; the rest depends on the folder it came from. */
export interface Recording {
  readonly id: string;
  readonly [field: string]: unknown;
}

export interface Outcome {
  readonly id: string;
  readonly equal: boolean;
  /** What the engine said, in the recording's own shape. */
  readonly got: unknown;
  /** One line each: where it differs and how. */
  readonly differences: readonly string[];
  /** Where the lot was drawn several times and the nearest draw is the answer: how the first draw alone came out. */
  readonly draws?: DrawnOutcome;
}

/** A session that was drawn more than once: its judged steps, and how many differ with the nearest and the first draw. */
export interface DrawnOutcome {
  readonly steps: number;
  readonly nearest: number;
  readonly first: number;
  /** Whether the first draw alone is equal throughout. */
  readonly firstEqual: boolean;
}

/** Where a recording was read from: worlds stand beside it or in the folder above. */
export interface RecordingPlace {
  readonly file: string;
  /** The text of `worlds/NAME.yaml`, if there is one. */
  world(name: string): string | undefined;
}

export type Replayer = (recording: Recording, place: RecordingPlace) => Outcome;

/** A command of a session, and what a real cluster printed. */
export interface RecordedStep {
  /** Seconds since the session's start. */
  readonly t: number;
  /** `client`, a node's name, or `pod/NAME[/CONTAINER]`. */
  readonly place: string;
  readonly command: string;
  readonly stdout: string;
  readonly stderr: string;
  readonly exit_code: number;
}
