import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectRoot } from "../../tools/engine/paths";
import { Workspace } from "../engine/harness";
import { kill, processesIn } from "../engine/harness/processes";
import { Installation, replaceFolder } from "./installation";
import { ENCRYPTED, road } from "./operations";

const LAB = join(projectRoot, "tests/engine/acceptance/lab");

export const STATES = ["bare", "external", "encrypted", "aged", "adoptable"] as const;
/**
 * `bare`: internal keys and an empty stack. `external`: the road was walked. `encrypted`: and hardware encryption uses its
 * provider. `aged`: the road was walked and the client certificate nears its end. `adoptable`: the road was walked by a
 * stack that is lost.
 */
export type StartState = (typeof STATES)[number];

/** Days from the issue of a certificate that nears its end now. */
const AGE_DAYS = 340;

/** An installation and one stack, in folders that are put back to a start state before each cell. */
export class Site extends Installation {
  private constructor(
    folder: string,
    readonly workspace: Workspace,
  ) {
    super(folder);
  }

  /** Makes a site and its start states. */
  static async open(): Promise<Site> {
    const site = new Site(
      mkdtempSync(join(tmpdir(), "ekm-chaos-")),
      await Workspace.create({ program: 'require("./road.js");', residentProgram: true }),
    );
    site.workspace.addFile(join(LAB, "road.js"));
    await site.start();
    const { east, authority } = site;
    site.write("lab.json", { keyManager: east.settings, authority });
    site.declare(road());
    await site.keep("bare");
    await site.workspace.up({ env: site.environment() });
    await site.keep("external");
    await site.keep("adoptable");
    replaceFolder(site.keptWorkspace("bare"), site.keptWorkspace("adoptable"));
    site.declare(road({ encryption: { onDelete: "disable" } }, ENCRYPTED));
    await site.workspace.up({ env: site.environment() });
    await site.keep("encrypted");
    await site.restore("bare");
    await site.workspace.up({
      env: {
        ...site.environment(),
        NODE_OPTIONS: `--require=${join(LAB, "moved-clock.js")}`,
        CLOCK_OFFSET_MS: String(-AGE_DAYS * 86_400_000),
      },
    });
    await site.keep("aged");
    return site;
  }

  /** Changes what the program declares. */
  declare(settings: object): void {
    this.write("road.json", settings);
  }

  override async keep(state: StartState): Promise<void> {
    await super.keep(state);
    replaceFolder(this.workspace.folder, this.keptWorkspace(state));
  }

  override async restore(state: StartState): Promise<void> {
    for (const pid of processesIn(this.workspace.folder)) kill(pid);
    replaceFolder(this.keptWorkspace(state), this.workspace.folder);
    await super.restore(state);
  }

  async close(): Promise<void> {
    await this.stop();
    this.workspace.remove();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private keptWorkspace = (state: StartState): string => join(this.folder, state, "workspace");

  private write(file: string, content: object): void {
    writeFileSync(join(this.workspace.folder, file), JSON.stringify(content));
  }
}
