import * as pulumi from "@pulumi/pulumi";
import { nameIn } from "../provider/adapters/pulumi/resource-type";
import type { Description } from "../provider/core/resource/description";
import { adoptedMatch } from "../provider/core/resource/kinds";
import type { ResourceToken } from "../provider/systems/registry";

/** What takes the place of the resource option `import`, for the object of an id. */
export function insteadOfImport(token: ResourceToken, id: string): string {
  // Loaded when somebody imports: a program that does not declares its resources sooner.
  const { registry } = require("../provider/systems/registry") as typeof import("../provider/systems/registry");
  const { arguments: given, insteadOfAdopting }: Description = registry[token].description;
  const { adopt } = given;
  if (adopt === undefined) return insteadOfAdopting ?? "leave it out";
  return `give the argument adopt: ${adopt.kind === adoptedMatch ? '"match"' : JSON.stringify(id)} instead`;
}

/** The resources of a component are taken over one by one or not at all. */
export const INSTEAD_OF_IMPORT_OF_COMPONENT = "declare the single resources, which have the argument adopt, instead";

/**
 * Refuses the resource option `import`. The engine would read the resource without telling which one it is, which no
 * dynamic provider survives.
 */
export function refuseImport(token: ResourceToken, name: string, id: pulumi.ID | undefined): void {
  if (id !== undefined) throw refused(nameIn(token), name, insteadOfImport(token, String(id)));
}

/** The same for a component. */
export function refuseImportOfComponent(type: string, name: string, opts: object = {}): void {
  if ((opts as pulumi.CustomResourceOptions).import === undefined) return;
  throw refused(type, name, INSTEAD_OF_IMPORT_OF_COMPONENT);
}

const refused = (type: string, name: string, instead: string) =>
  new pulumi.RunError(
    `${type} "${name}": the resource option "import", like the command "pulumi import", does not work with dynamic ` +
      `providers: ${instead} ("ekm import" writes a program that takes over all that a cluster has)`,
  );
