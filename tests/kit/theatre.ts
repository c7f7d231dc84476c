import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SystemScene, SystemTheatre } from "./scene";

/** A scene whose system keeps all that it has in a folder. */
export interface StoredScene extends SystemScene {
  /** Ends what runs. The folder stays. */
  stop(): Promise<void>;
}

/** How the scenes of a system are made. */
export interface Staging<Scene extends StoredScene, Stage extends string, Switches extends object> {
  /** With what the names of its folders begin. */
  prefix: string;
  open(folder: string, switches?: Partial<Switches>): Promise<Scene>;
  /** What each stage is one thing more than. */
  before: Readonly<Record<Stage, Stage | undefined>>;
  build: Readonly<Record<Stage, (scene: Scene) => Promise<unknown>>>;
}

/** Makes scenes quickly: every stage is built once for each test file and copied for each test. */
export class StagedTheatre<Scene extends StoredScene, Stage extends string, Switches extends object>
  implements SystemTheatre<Scene, Stage, Switches>
{
  private readonly built = new Map<Stage, Promise<string>>();
  private readonly open: Scene[] = [];

  constructor(private readonly staging: Staging<Scene, Stage, Switches>) {}

  async scene(stage: Stage, switches: Partial<Switches> = {}): Promise<Scene> {
    const folder = await this.newFolder();
    await cp(await this.template(stage), folder, { recursive: true });
    const scene = await this.staging.open(folder, switches);
    this.open.push(scene);
    return scene;
  }

  /** Closes the scenes of the test that has ended. */
  async clear(): Promise<void> {
    await Promise.all(this.open.splice(0).map((scene) => scene.close()));
  }

  async close(): Promise<void> {
    const folders = await Promise.all(this.built.values());
    await Promise.all(folders.map((folder) => rm(folder, { recursive: true })));
  }

  private template(stage: Stage): Promise<string> {
    const known = this.built.get(stage);
    if (known !== undefined) return known;
    const folder = this.build(stage);
    this.built.set(stage, folder);
    return folder;
  }

  private async build(stage: Stage): Promise<string> {
    const before = this.staging.before[stage];
    const folder = await this.newFolder();
    if (before !== undefined) await cp(await this.template(before), folder, { recursive: true });
    const scene = await this.staging.open(folder);
    await this.staging.build[stage](scene);
    await scene.stop();
    return folder;
  }

  private newFolder(): Promise<string> {
    return mkdtemp(join(tmpdir(), this.staging.prefix));
  }
}
