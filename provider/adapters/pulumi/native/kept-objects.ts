/**
 * Objects that this run has made, or has compared with no replacement coming of it. A delete of one is no delete: an engine
 * that is told to replace a resource asks for no comparison, has the object made "anew", which takes over what is there,
 * and then has the "former" one deleted, which is the same.
 */
export class KeptObjects {
  private readonly ids = new Map<string, string>();

  keep(identity: string, id: string): void {
    this.ids.set(identity, id);
  }

  /** A replacement is planned: what is there may be deleted. */
  release(identity: string): void {
    this.ids.delete(identity);
  }

  has(identity: string, id: string): boolean {
    const kept = this.ids.get(identity);
    return kept !== undefined && objectIn(kept) === objectIn(id);
  }
}

/** What follows the mark in an id tells one incarnation of an object of some name from the next. */
const objectIn = (id: string): string => id.replace(/#.*$/, "");
