import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { projectRoot } from "../../../tools/engine/paths";
import { UsageError } from "../../../tools/quickstart/errors";
import { showNextSteps } from "../../../tools/quickstart/next-steps";
import { ObservationFile } from "../../../tools/quickstart/observation-file";
import { Report } from "../../../tools/quickstart/report";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "quickstart-unit-"));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("the file of what was seen", () => {
  it.each([
    ["a folder that is missing", () => join(folder, "missing", "seen.json")],
    ["a folder", () => folder],
    ["a file that belongs to a file", () => join(__filename, "seen.json")],
  ])("is refused at once: %s", (_, path) => {
    expect(() => ObservationFile.open(path())).toThrow(UsageError);
    expect(() => ObservationFile.open(path())).toThrow(`--json ${path()}: E`);
  });

  it("has nothing of an earlier run, and then what was seen", () => {
    const path = join(folder, "seen.json");
    writeFileSync(path, '{"seconds": 99}');
    const file = ObservationFile.open(path);
    expect(JSON.parse(readFileSync(path, "utf8"))).toEqual({});
    file.write({ seconds: 7 });
    expect(JSON.parse(readFileSync(path, "utf8"))).toEqual({ seconds: 7 });
  });
});

it("a run whose file cannot be written ends before it begins, without a stack trace", () => {
  const path = join(folder, "missing", "seen.json");
  const main = join(projectRoot, "dist", "tools", "quickstart", "main.js");
  // Without a PATH and with an empty cache there is no engine to begin with.
  const env = { HOME: folder, XDG_CACHE_HOME: folder, TMPDIR: folder };
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, "--json", path], { encoding: "utf8", env });
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr.trim()).toMatch(/^quickstart: --json .*seen\.json: ENOENT: no such file or directory[^\n]*$/);
});

it("the next steps begin with the way to the checkout, and keep the secrets off the screen", () => {
  const printed: string[] = [];
  const stream = new Writable({
    write(chunk, _, done) {
      printed.push(String(chunk));
      done();
    },
  });
  showNextSteps(new Report(stream), {
    folder,
    servers: {
      cluster: { endpoint: "https://127.0.0.1:1", username: "admin", password: "it's secret", fingerprint256: "AA" },
      keyServerPort: 2,
      pids: [11, 12],
      stop: async () => {},
    },
    environment: { PULUMI_STACK: "quickstart" },
    settingsArguments: ["--config-file", "settings.yaml"],
  });
  const commands = printed.filter((line) => line.includes("$ ")).map((line) => line.split("$ ")[1]?.trim());
  expect(commands[0]).toBe(`cd '${projectRoot}'`);
  expect(commands.at(-1)).toBe(`kill 11 12 && rm -r ${folder}`);
  expect(printed.join("")).toContain("the checkout");
  expect(printed.join("")).not.toContain("it's secret");
  const environment = readFileSync(join(folder, "environment"), "utf8");
  expect(environment).toContain(`export QUICKSTART_LOGIN='admin:it'\\''s secret'`);
  expect(statSync(join(folder, "environment")).mode & 0o777).toBe(0o600);
});
