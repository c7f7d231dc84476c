/** One request that was answered, or deliberately was not. */
export interface RequestRecord {
  /** 1 for the first, in the order of their end. */
  sequence: number;
  time: string;
  /** The API's own spelling for a method that exists, the caller's otherwise, empty where none could be read. */
  method: string;
  params: Record<string, unknown>;
  /** How long the system has worked on it, by this machine's clock. */
  milliseconds: number;
  /** `ok`, the error's name, `http-401` and the like, `dropped` or `null-body`. */
  outcome: string;
}

/** The latest requests; older ones are forgotten so that a system may run for weeks. */
export class RequestLog {
  static readonly capacity = 20_000;
  readonly records: RequestRecord[] = [];
  #sequence = 0;

  add(entry: Omit<RequestRecord, "sequence">): void {
    this.#sequence += 1;
    this.records.push({ sequence: this.#sequence, ...entry });
    if (this.records.length > RequestLog.capacity) this.records.shift();
  }

  calls(method?: string): RequestRecord[] {
    return this.records.filter((record) => method === undefined || record.method === method);
  }
}
