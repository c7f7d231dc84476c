import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

/** A record in a file. Written whole, then renamed into place: a killed process leaves the old one or the new one. */
export class Store<Contents> {
  #writing: Promise<void> = Promise.resolve();
  #next?: Promise<void>;
  #closed = false;

  private constructor(
    private readonly path: string,
    readonly record: Contents,
  ) {}

  /** The record in the file; where there is none, the record that `create` makes. */
  static async open<Contents>(path: string, create: () => Promise<Contents>): Promise<Store<Contents>> {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const found = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return undefined;
      throw error;
    });
    const store = new Store(path, found ? (JSON.parse(found) as Contents) : await create());
    await store.save();
    return store;
  }

  /** Resolves when the present record is on disk. Calls that come while a write is running share the next one. */
  save(): Promise<void> {
    if (this.#closed) return Promise.resolve();
    const settled = this.#writing.catch(() => undefined);
    this.#next ??= settled.then(() => {
      this.#next = undefined;
      this.#writing = this.#write();
      return this.#writing;
    });
    return this.#next;
  }

  /** Saves for the last time. Changes by calls that are still under way are lost, as with a process that has ended. */
  async close(): Promise<void> {
    await this.save();
    this.#closed = true;
  }

  async #write(): Promise<void> {
    const temporary = `${this.path}.new`;
    await writeFile(temporary, JSON.stringify(this.record), { mode: 0o600 });
    await rename(temporary, this.path);
  }
}
