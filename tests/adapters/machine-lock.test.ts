import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ExclusiveWork } from "../../provider/adapters/process/exclusive-work";
import { withMachineLock } from "../../provider/adapters/process/machine-lock";
import { LockUnavailableError } from "../../provider/core/errors";

let folder: string;
let lock: string;
let counter: string;
let children: ChildProcess[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "machine-lock-"));
  lock = join(folder, "lock");
  counter = join(folder, "counter");
  writeFileSync(counter, "0");
  children = [];
});
afterEach(() => {
  for (const child of children) child.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

function contender(rounds: number): ChildProcess {
  const script = join(__dirname, "lock-contender.js");
  const child = spawn("node", [script, lock, counter, String(rounds)], { stdio: ["pipe", "pipe", "inherit"] });
  children.push(child);
  return child;
}

async function holder(): Promise<ChildProcess> {
  const child = contender(0);
  await once(child.stdout as NodeJS.ReadableStream, "data");
  return child;
}

const uncontended = () => withMachineLock(lock, { onWait: () => expect("to wait").toBe("unnecessary") }, async () => 1);

describe("the lock of this machine", () => {
  it("keeps processes apart", async () => {
    const ended = [25, 25, 25, 25].map((rounds) => once(contender(rounds), "exit"));
    expect(await Promise.all(ended)).toEqual([
      [0, null],
      [0, null],
      [0, null],
      [0, null],
    ]);
    expect(readFileSync(counter, "utf8")).toBe("100");
    expect(readdirSync(lock)).toHaveLength(1);
  });

  it("is free at once when its holder was killed", async () => {
    const killed = await holder();
    const exited = once(killed, "exit");
    killed.kill("SIGKILL");
    await exited;
    expect(await uncontended()).toBe(1);
  });

  it("is taken from a holder that nobody can look up and that was silent for a minute", async () => {
    const stopped = await holder();
    const [file] = readdirSync(lock) as [string];
    writeFileSync(join(lock, file), `${stopped.pid} another-host`);
    const past = new Date(Date.now() - 61_000);
    utimesSync(join(lock, file), past, past);
    expect(await uncontended()).toBe(1);
  });

  it("says whom it waits for, and waits until they let go", async () => {
    const other = await holder();
    const waitedFor: number[] = [];
    const order: string[] = [];
    const taken = withMachineLock(lock, { onWait: (pid) => waitedFor.push(pid) }, async () => order.push("taken"));
    while (waitedFor.length === 0) await new Promise((resolve) => setImmediate(resolve));
    order.push("released");
    other.stdin?.write("\n");
    await taken;
    expect(waitedFor).toEqual([other.pid]);
    expect(order).toEqual(["released", "taken"]);
  });

  it("is not waited for any longer when the run is cancelled", async () => {
    await holder();
    const cancellation = new AbortController();
    const waiting = withMachineLock(
      lock,
      { onWait: () => cancellation.abort(new Error("cancelled")), signal: cancellation.signal },
      () => Promise.reject(new Error("must not run")),
    );
    await expect(waiting).rejects.toThrow("cancelled");
  });

  it("that somebody tidied away while it was held costs the work nothing, and is free afterwards", async () => {
    const tidyAway = async () => rmSync(lock, { recursive: true });
    await expect(withMachineLock(lock, { onWait() {} }, tidyAway)).resolves.toBeUndefined();
    expect(await uncontended()).toBe(1);
    await expect(
      withMachineLock(lock, { onWait() {} }, async () => {
        await tidyAway();
        throw new Error("failed");
      }),
    ).rejects.toThrow("failed");
  });

  it("that somebody tidied away is not freed for whoever has taken it since", async () => {
    const other = await withMachineLock(lock, { onWait() {} }, async () => {
      rmSync(lock, { recursive: true });
      return holder();
    });
    const waitedFor: number[] = [];
    const taken = withMachineLock(
      lock,
      { onWait: (pid) => waitedFor.push(pid) },
      async () => other.stdin?.writableEnded,
    );
    while (waitedFor.length === 0) await new Promise((resolve) => setImmediate(resolve));
    other.stdin?.end("\n");
    expect(await taken).toBe(true);
    expect(waitedFor).toEqual([other.pid]);
  });

  it("can be taken in a folder that vanishes while it is waited for", async () => {
    await holder();
    const onWait = () => rmSync(lock, { recursive: true });
    expect(await withMachineLock(lock, { onWait }, async () => "done")).toBe("done");
  });

  it("is released by work that fails", async () => {
    await expect(withMachineLock(lock, { onWait() {} }, () => Promise.reject(new Error("failed")))).rejects.toThrow(
      "failed",
    );
    expect(await uncontended()).toBe(1);
  });
});

describe("exclusive work", () => {
  const log = { announce() {}, progress() {}, info() {}, warn() {} };
  const { signal } = new AbortController();

  it("of one process is done one after the other, in order, also after a failure", async () => {
    const exclusive = new ExclusiveWork(folder);
    const order: string[] = [];
    const job = (name: string, fails = false) =>
      exclusive.run("cluster", log, signal, async () => {
        order.push(`${name} begins`);
        await new Promise((resolve) => setImmediate(resolve));
        order.push(`${name} ends`);
        if (fails) throw new Error(name);
      });
    const results = await Promise.allSettled([job("a", true), job("b"), job("c")]);
    expect(results.map(({ status }) => status)).toEqual(["rejected", "fulfilled", "fulfilled"]);
    expect(order).toEqual(["a begins", "a ends", "b begins", "b ends", "c begins", "c ends"]);
  });

  it("on different subjects goes on side by side", async () => {
    const exclusive = new ExclusiveWork(folder);
    let release = () => {};
    const first = exclusive.run("one cluster", log, signal, () => new Promise<void>((resolve) => (release = resolve)));
    expect(await exclusive.run("another", log, signal, async () => "done")).toBe("done");
    release();
    await first;
  });

  it("is refused where the lock cannot be taken", async () => {
    const exclusive = new ExclusiveWork(join(counter, "below-a-file"));
    const refused = await exclusive.run("cluster", log, signal, async () => 1).catch((error) => error);
    expect(refused).toBeInstanceOf(LockUnavailableError);
    expect(refused).toMatchObject({ code: "EKM_LOCK_UNAVAILABLE", message: expect.stringContaining("Set TMPDIR") });
  });
});
