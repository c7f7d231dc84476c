import { existsSync } from "node:fs";
import { join } from "node:path";
import { type ResourceToken, registry } from "../../provider/systems/registry";
import { projectRoot } from "../../tools/engine/paths";
import { fileNameOf } from "../../tools/generate/classes";
import type { Specimen } from "./specimen";

export const tokens = Object.keys(registry) as ResourceToken[];

/** The specimen of each resource of the catalogue: every resource has a file of its own. */
export const specimens = Object.fromEntries(tokens.map((token) => [token, specimenOf(token)])) as Readonly<
  Record<ResourceToken, Specimen>
>;

function specimenOf(token: ResourceToken): Specimen {
  const [module, name = ""] = token.split(":");
  const file = `tests/${module}/specimens/${fileNameOf(name)}.ts`;
  const path = join(projectRoot, file);
  if (!existsSync(path)) throw new Error(`${token} has no specimen: write ${file}, like those beside it`);
  return jest.requireActual<{ specimen: Specimen }>(path).specimen;
}
