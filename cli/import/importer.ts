import type { HttpsSettings } from "../../provider/connections/https/settings";
import type { System, SystemConnection } from "../../provider/core/system";
import type { GivenConnection } from "../connection";
import type { Plan } from "./plan";

/** How the programs for systems of one kind begin, and how their stacks are configured. */
export interface ProgramFrame<Settings extends HttpsSettings> {
  system: Pick<System<Settings, unknown>, "noun" | "configurationKey" | "environmentVariable" | "settings">;
  /** Name space of the classes. */
  module: string;
  /** Name of the connection that resources are on when they name none. */
  defaultConnection: string;
  /** What the project is, in a few words. */
  projectDescription: string;
  /** What nobody can read any more without the keys. */
  protectedData: string;
  /** Settings that hold certificates, with the files in which a project has these. */
  certificateFiles: Readonly<Partial<Record<keyof Settings & string, string>>>;
  /** The settings that a stack needs: those that mean the same when they are left out are none of them. */
  necessary(settings: Settings): Partial<Settings>;
}

/** How programs are written for systems of one kind. */
export interface Importer<Settings extends HttpsSettings, Connection extends Imported<Settings>>
  extends ProgramFrame<Settings> {
  system: System<Settings, Connection>;
  given: GivenConnection<Settings>;
  /** Reads a system, and decides how a program declares what it has. */
  plan(connection: Connection, now: Date): Promise<Plan>;
}

export interface Imported<Settings extends HttpsSettings> extends Pick<SystemConnection, "place"> {
  readonly settings: Settings;
}
