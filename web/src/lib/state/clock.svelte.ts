/**
 * The server's clock, as far as we know it. It runs on `performance.now()`, which nobody sets: a device whose own time
 * jumps in the middle of a game counts on as before.
 *
 * A sample is late by its time under way, so the one that is furthest ahead is the best. A device that slept falls
 * behind, and the first sample after that puts it right.
 */
export class ServerClock {
  /** Server's time minus `performance.now()`, ms; null before anybody told. */
  #ahead = $state<number | null>(null);

  /** The server said what time it is. */
  hear(time: number | undefined): void {
    if (!time) return;
    const sample = time - performance.now();
    this.#ahead = this.#ahead === null ? sample : Math.max(this.#ahead, sample);
  }

  /** A new connection: perhaps another server, or one whose clock was set. */
  forget(): void {
    this.#ahead = null;
  }

  /** Ms since the epoch. An effect that asks runs again when the clock is put right, not as it goes. */
  now(): number {
    return this.#ahead === null ? Date.now() : this.#ahead + performance.now();
  }
}
