import type { Entry, Journal, Leftover, Stage } from "../../provider/core/journal";

/** The journal of one machine. */
export class MachineJournal implements Journal {
  private readonly entries = new Map<string, string>();
  /** Keys of entries about creates, by the objects that they made. */
  private readonly given = new Map<string, string>();

  find(system: string, urn: string): Entry | undefined {
    const entry = this.entries.get(JSON.stringify([system, urn]));
    return entry === undefined ? undefined : JSON.parse(entry);
  }

  write(system: string, urn: string, entry: Entry, _stage: Stage, object?: string): void {
    const key = JSON.stringify([system, urn]);
    this.entries.set(key, JSON.stringify(entry));
    if (object !== undefined) this.given.set(object, key);
  }

  deliver(objects: readonly string[]): void {
    for (const object of objects) {
      const key = this.given.get(object);
      const entry = key === undefined ? undefined : this.entries.get(key);
      if (key && entry) this.entries.set(key, JSON.stringify({ ...JSON.parse(entry), delivered: true }));
    }
  }

  leftovers(system: string, stack: string): Leftover[] {
    return [...this.entries].flatMap(([key, text]) => {
      const [of, urn] = JSON.parse(key) as [string, string];
      const { before, receipt, attempts, delivered } = JSON.parse(text) as Entry;
      if (of !== system || !urn.startsWith(stack) || before !== null || receipt === null || delivered) return [];
      return attempts.flatMap(({ to, name }) => (name === undefined ? [] : [{ identity: urn, kind: to, name }]));
    });
  }

  clear(): void {
    this.entries.clear();
  }
}
