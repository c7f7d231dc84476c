import { execFile } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { projectRoot } from "../../../tools/engine/paths";
import { makeSdks, type Sdks } from "../../../tools/sdks/make";

/** The files of a release, as users download them, outside of the checkout so that nothing of it can be found by accident. */
export class Release {
  private constructor(
    readonly folder: string,
    /** What programs in Python, Go and for Node install. */
    readonly sdks: Sdks,
    private readonly tarball: string,
  ) {}

  static async make(): Promise<Release> {
    const folder = mkdtempSync(join(tmpdir(), "ekm-release-"));
    const pack = ["pack", "--ignore-scripts", "--json", "--pack-destination", folder];
    const [sdks, { stdout }] = await Promise.all([
      makeSdks(join(folder, "sdks")),
      promisify(execFile)("npm", pack, { cwd: projectRoot, maxBuffer: 16 * 1024 * 1024 }),
    ]);
    const [{ filename }] = JSON.parse(stdout);
    return new Release(folder, sdks, join(folder, filename));
  }

  /** Puts the files into a folder. */
  downloadTo(folder: string): void {
    for (const file of [this.tarball, ...Object.values(this.sdks)]) copyFileSync(file, join(folder, basename(file)));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
