/** A clock that stands still until a test moves it. */
export class Clock {
  #moment = Date.now();
  readonly now = () => new Date(this.#moment);

  advance({ days = 0, hours = 0, seconds = 0 }: { days?: number; hours?: number; seconds?: number }): void {
    this.#moment += ((days * 24 + hours) * 3600 + seconds) * 1000;
  }
}
