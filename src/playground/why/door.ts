/** How far a Pod came at one of the four who let it pass or not. `ahead`: it was not asked yet. */
export type DoorState = 'passed' | 'waiting' | 'refused' | 'ahead';

/** One of those whom a Pod has to pass. Plain data. */
export interface WhyDoor {
  readonly door: 'api' | 'scheduler' | 'kubelet' | 'kernel';
  readonly state: DoorState;
  /** When, in virtual milliseconds since the reader met the cluster. */
  readonly at?: number;
  /** The text of the door itself, as conditions, events and states have it; empty where it has none. */
  readonly text: string;
  /** What it looked at. */
  readonly because: readonly string[];
}
