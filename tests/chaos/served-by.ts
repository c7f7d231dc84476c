import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { pluginTypeOf, typeOf } from "../../provider/adapters/pulumi/resource-type";
import { projectRoot } from "../../tools/engine/paths";
import { putPlugin } from "../engine/native/plugin-path";

/** The plugin from its compiled sources: calls are seen where it loads its HTTP client, which a bundle has inside. */
const PLUGIN = join(projectRoot, "dist/provider/adapters/pulumi/native/main.js");

/** Who can serve the resources of the programs. */
export const SERVERS = ["dynamic provider", "plugin"] as const;
export type Server = (typeof SERVERS)[number];

/** What programs and sites of this process go by. */
const present = (): Server => (process.env.SERVED_BY === "plugin" ? "plugin" : "dynamic provider");

/** The type of resources of a token, by whoever serves them. */
export const servedType = (token: string): string => (present() === "plugin" ? pluginTypeOf(token) : typeOf(token));

/** What tells points from those of the usual server. */
export const servedId = (id: string): string => (present() === "plugin" ? `${id}/by the plugin` : id);

/** Has every program from now on served by one of them. Gives the way back. */
export function serveBy(server: Server): () => void {
  const { PATH, SERVED_BY } = process.env;
  if (server !== "plugin") return () => {};
  const folder = mkdtempSync(join(tmpdir(), "ekm-plugin-"));
  putPlugin(folder, PLUGIN);
  Object.assign(process.env, { SERVED_BY: server, PATH: [folder, PATH].join(delimiter) });
  return () => {
    process.env.PATH = PATH;
    if (SERVED_BY === undefined) delete process.env.SERVED_BY;
    rmSync(folder, { recursive: true, force: true });
  };
}
