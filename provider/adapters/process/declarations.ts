import type { Declarations } from "../../core/lifecycle";

/** Remembers, for one run of the engine, which resource of the program declares which object. */
export class RunDeclarations implements Declarations {
  private readonly owners = new Map<string, string>();

  declare(key: string, identity: string): string | undefined {
    const owner = this.owners.get(key);
    if (owner === undefined) this.owners.set(key, identity);
    return owner === identity ? undefined : owner;
  }

  isDeclared(key: string, identity: string): boolean {
    return this.owners.get(key) === identity;
  }

  heir(key: string, identity: string): string | undefined {
    const owner = this.owners.get(key);
    return owner === identity ? undefined : owner;
  }
}
