import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const open: (() => Promise<void>)[] = [];

export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "simulator-"));
  closeAfterTest(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Something else to close at the end of the test. */
export function closeAfterTest(close: () => Promise<void>): void {
  open.push(close);
}

export async function closeAll(): Promise<void> {
  for (const close of open.splice(0).reverse()) await close();
}
