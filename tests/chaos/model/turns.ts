/** Picks one of `count`, from 0. */
export type Choose = (count: number) => number;

/** Somebody who works on the cluster. */
export interface Hand {
  /** Waits until it is this hand's turn: called before each call to the cluster. */
  pass(): Promise<void>;
  /** Does `work` while no other hand holds the lock. */
  exclusively<T>(work: () => Promise<T>): Promise<T>;
  /** Nobody waits for this hand any more: it goes on only beside others, or when all is to settle. */
  abandon(): void;
}

/** Several hands on one cluster, of which one acts at a time: chance picks which, so that what happened can be replayed. */
export class Turns {
  choose: Choose = () => 0;
  private readonly waiting: { hand: object; go(): void }[] = [];
  private readonly blocked: { hand: object; go(): void }[] = [];
  private readonly attended = new Set<object>();
  private readonly hands = new Set<object>();
  private acting = 0;
  private holder?: object;
  private isSettling = false;
  private onSettled = () => {};

  /** Joins `work` to the others. */
  async join<T>(work: (hand: Hand) => Promise<T>): Promise<T> {
    const hand: Hand = {
      pass: () => this.waitIn(this.waiting, hand),
      exclusively: (locked) => this.exclusively(hand, locked),
      abandon: () => this.attended.delete(hand),
    };
    this.hands.add(hand);
    this.attended.add(hand);
    this.acting += 1;
    try {
      return await work(hand);
    } finally {
      this.leave(hand);
    }
  }

  /** Ends a hand that acts, also one that never comes back: whoever is killed holds nothing. */
  leave(hand: object): void {
    if (!this.hands.delete(hand)) return;
    this.attended.delete(hand);
    this.acting -= 1;
    if (this.holder === hand) this.unlock();
    this.next();
  }

  /** Lets abandoned hands come to their end. */
  async settle(): Promise<void> {
    this.isSettling = true;
    await new Promise<void>((resolve) => {
      this.onSettled = resolve;
      this.next();
    });
    this.isSettling = false;
  }

  private waitIn(queue: { hand: object; go(): void }[], hand: object): Promise<void> {
    this.acting -= 1;
    const turn = new Promise<void>((resolve) => queue.push({ hand, go: resolve }));
    this.next();
    return turn;
  }

  private async exclusively<T>(hand: object, work: () => Promise<T>): Promise<T> {
    while (this.holder !== undefined) await this.waitIn(this.blocked, hand);
    this.holder = hand;
    try {
      return await work();
    } finally {
      if (this.holder === hand) this.unlock();
    }
  }

  private unlock(): void {
    this.holder = undefined;
    this.waiting.push(...this.blocked.splice(0));
  }

  /** Once nobody acts, one of those who wait does. */
  private next(): void {
    if (this.hands.size === 0) this.onSettled();
    if (this.acting > 0 || this.waiting.length === 0) return;
    if (this.attended.size === 0 && !this.isSettling) return;
    const [turn] = this.waiting.splice(this.choose(this.waiting.length), 1);
    this.acting += 1;
    turn?.go();
  }
}
