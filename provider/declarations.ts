import type { Declarations } from "./lifecycle";

/** Remembers, for one run of the engine, which resource of the program declares which object. */
export class RunDeclarations implements Declarations {
  private readonly owners = new Map<string, string>();

  declare(key: string, urn: string): string | undefined {
    const owner = this.owners.get(key);
    if (owner === undefined) this.owners.set(key, urn);
    return owner === urn ? undefined : owner;
  }

  isDeclared(key: string, urn: string): boolean {
    return this.owners.get(key) === urn;
  }

  heir(key: string, urn: string): string | undefined {
    const owner = this.owners.get(key);
    return owner === urn ? undefined : owner;
  }
}
