import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { EngineUnavailableError, getEngine } from "../../../tools/engine";
import { ENGINE_VERSION } from "../../../tools/engine/version";
import { installFakeEngine, supplierOf } from "./fake-engine";

let folder: string;
let cacheDir: string;
let userBin: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "engine-"));
  cacheDir = join(folder, "cache");
  userBin = join(folder, "user");
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const pinned = (source: "installer" | "built") =>
  supplierOf(source, (bin) => installFakeEngine(bin, { version: ENGINE_VERSION }));

const unreachable = () =>
  supplierOf("installer", () => {
    throw new Error("the site does not answer");
  });

const cachedEngine = () => join(cacheDir, ENGINE_VERSION, "bin", "pulumi");

describe("an engine on PATH", () => {
  it("comes before everything else", async () => {
    installFakeEngine(userBin, { version: "3.216.0" });
    const supplier = pinned("installer");
    const engine = await getEngine({ path: userBin, cacheDir, suppliers: [supplier] });
    expect(engine).toMatchObject({ pulumi: join(userBin, "pulumi"), version: "3.216.0", source: "path" });
    expect(supplier.calls).toBe(0);
    expect(existsSync(cacheDir)).toBe(false);
  });

  it.each(["3.215.9", "2.300.0", "4.0.0"])("of version %s is passed over", async (version) => {
    installFakeEngine(userBin, { version });
    const engine = await getEngine({ path: userBin, cacheDir, suppliers: [pinned("installer")] });
    expect(engine.source).toBe("installer");
  });

  it("finds its companions elsewhere on PATH", async () => {
    const others = join(folder, "others");
    installFakeEngine(userBin, { version: "3.300.1", companions: ["pulumi-resource-pulumi-nodejs"] });
    installFakeEngine(others, { version: "3.300.1" });
    const engine = await getEngine({ path: [userBin, others].join(delimiter), cacheDir, suppliers: [] });
    expect(engine.source).toBe("path");
  });
});

describe("suppliers", () => {
  it("are tried in order until one gives an engine", async () => {
    const [first, second, third] = [unreachable(), pinned("built"), pinned("installer")];
    const engine = await getEngine({ path: "", cacheDir, suppliers: [first, second, third] });
    expect(engine).toMatchObject({ pulumi: cachedEngine(), version: ENGINE_VERSION, source: "built" });
    expect([first.calls, second.calls, third.calls]).toEqual([1, 1, 0]);
  });

  it("are asked once: after that the cache serves", async () => {
    const supplier = pinned("built");
    await getEngine({ path: "", cacheDir, suppliers: [supplier] });
    const again = await getEngine({ path: "", cacheDir, suppliers: [supplier] });
    expect(again.source).toBe("cache");
    expect(supplier.calls).toBe(1);
  });

  it("are asked once by two callers at the same time", async () => {
    const supplier = pinned("built");
    const waits: string[] = [];
    const options = { path: "", cacheDir, suppliers: [supplier], progress: (line: string) => waits.push(line) };
    const engines = await Promise.all([getEngine(options), getEngine(options)]);
    expect(engines.map(({ source }) => source).sort()).toEqual(["built", "cache"]);
    expect(supplier.calls).toBe(1);
    expect(waits).toEqual([expect.stringContaining("Waiting for process")]);
  });

  it("leave nothing in the cache when what they give is no engine", async () => {
    const wrongVersion = supplierOf("installer", (bin) => installFakeEngine(bin, { version: "3.258.0" }));
    const incomplete = supplierOf("built", (bin) =>
      installFakeEngine(bin, { version: ENGINE_VERSION, companions: ["pulumi-language-nodejs"] }),
    );
    const failure = await getEngine({ path: "", cacheDir, suppliers: [wrongVersion, incomplete] }).catch((e) => e);
    expect(failure).toBeInstanceOf(EngineUnavailableError);
    expect(failure.message).toContain('it calls itself "3.258.0"');
    expect(failure.message).toContain("pulumi-resource-pulumi-nodejs missing");
    expect(readdirSync(cacheDir)).toEqual([`${ENGINE_VERSION}.lock`]);
  });
});

describe("a cached engine", () => {
  it("that cannot be run is replaced", async () => {
    mkdirSync(join(cacheDir, ENGINE_VERSION, "bin"), { recursive: true });
    writeFileSync(cachedEngine(), "half a download");
    const engine = await getEngine({ path: "", cacheDir, suppliers: [pinned("built")] });
    expect(engine.source).toBe("built");
    expect((await getEngine({ path: "", cacheDir, suppliers: [] })).source).toBe("cache");
  });

  it("does not wait for the lock of a process that is gone, nor keep its leftovers", async () => {
    const staging = join(cacheDir, `${ENGINE_VERSION}.staging-dead`);
    mkdirSync(staging, { recursive: true });
    const lock = join(cacheDir, `${ENGINE_VERSION}.lock`);
    mkdirSync(lock);
    writeFileSync(join(lock, "1"), `4194305 ${hostname()}`);
    await getEngine({ path: "", cacheDir, suppliers: [pinned("built")] });
    expect(readdirSync(cacheDir)).toEqual([ENGINE_VERSION, `${ENGINE_VERSION}.lock`]);
  });
});

it("names each way that was tried and why it failed", async () => {
  installFakeEngine(userBin, { version: "3.100.0" });
  const failure = await getEngine({ path: userBin, cacheDir, suppliers: [unreachable()] }).catch((e) => e);
  expect(failure).toBeInstanceOf(EngineUnavailableError);
  expect(failure.code).toBe("ENGINE_UNAVAILABLE");
  expect(failure.failedWays).toEqual([
    { way: "pulumi on PATH", reason: expect.stringContaining("it is 3.100.0; at least 3.216.0") },
    { way: "fake installer", reason: "the site does not answer" },
  ]);
  expect(failure.message).toContain("- fake installer: the site does not answer");
});

it("names the missing language host of an engine on PATH", async () => {
  installFakeEngine(userBin, { version: "3.300.0", companions: [] });
  const failure = await getEngine({ path: userBin, cacheDir, suppliers: [] }).catch((e) => e);
  expect(failure.message).toContain("has no pulumi-language-nodejs and no pulumi-resource-pulumi-nodejs");
});

it("puts the engine and the pinned Node first on PATH", async () => {
  installFakeEngine(userBin, { version: "3.300.0" });
  const engine = await getEngine({ path: userBin, cacheDir, suppliers: [] });
  const [first, second] = engine.env().PATH?.split(delimiter) ?? [];
  expect(first).toBe(userBin);
  expect(second).toMatch(/node_modules\/\.bin$/);
  expect(engine.env().PULUMI_SKIP_UPDATE_CHECK).toBe("true");
});
