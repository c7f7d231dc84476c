import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Supplier } from "../../../tools/engine";

interface FakeEngine {
  version: string;
  /** @default all that an engine needs */
  companions?: string[];
}

/** Puts shell scripts where an engine would have its executables. */
export function installFakeEngine(bin: string, { version, companions }: FakeEngine): void {
  mkdirSync(bin, { recursive: true });
  writeScript(join(bin, "pulumi"), `[ "$1" = version ] && echo v${version}`);
  for (const name of companions ?? ["pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"]) {
    writeScript(join(bin, name), "exit 0");
  }
}

export interface CountingSupplier extends Supplier {
  calls: number;
}

export function supplierOf(
  source: Supplier["source"],
  supply: (bin: string) => void | Promise<void>,
): CountingSupplier {
  return {
    name: `fake ${source}`,
    source,
    calls: 0,
    async supply(folder) {
      this.calls += 1;
      await supply(join(folder, "bin"));
    },
  };
}

function writeScript(file: string, body: string): void {
  writeFileSync(file, `#!/bin/sh\n${body}\n`, { mode: 0o755 });
}
