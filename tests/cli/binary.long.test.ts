import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { projectRoot } from "../../tools/engine/paths";
import { PASSWORD } from "../element/stage";
import { useTheatre } from "../element/table";
import { pythonInterpreter } from "../interop/python";

const EKM = join(projectRoot, "dist", "cli", "main.js");

const theatre = useTheatre();
let folder: string;
/** Begun early: it takes the seconds of its tries again. */
let unreachable: Promise<Ended>;

interface Ended {
  status: number | null;
  stdout: string;
  stderr: string;
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ekm-binary-"));
  const EKM_CLUSTERS = JSON.stringify({
    default: { endpoint: "https://127.0.0.1:1", username: "admin", password: PASSWORD },
  });
  unreachable = ended(spawn(process.execPath, [EKM, "import"], { cwd: folder, env: { EKM_CLUSTERS } }));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function ended(child: ChildProcess): Promise<Ended> {
  const { stdout, stderr } = child;
  if (stdout === null || stderr === null) throw new Error("the process has no pipes");
  const [out, err] = await Promise.all([text(stdout), text(stderr), once(child, "close")]);
  return { status: child.exitCode, stdout: out, stderr: err };
}

const run = (args: string[], env: NodeJS.ProcessEnv = {}): Ended =>
  spawnSync(process.execPath, [EKM, ...args], { cwd: folder, env, encoding: "utf8" });

/** `ekm import` in a terminal in which somebody types a line. */
async function inTerminal(line: string, flags: string[]): Promise<ChildProcess> {
  const script = join(__dirname, "in_terminal.py");
  return spawn(await pythonInterpreter(), [script, line, process.execPath, EKM, "import", ...flags], { cwd: folder });
}

test.each([
  ["--help", /^Usage: ekm COMMAND .*\n {2}import {3}writes a program/s],
  ["-h", /^Usage: ekm COMMAND/],
  ["import --help", /^Usage: ekm import .*--cluster NAME.*--endpoint URL/s],
  ["import --cluster east -h", /^Usage: ekm import/],
  ["report --help", /^Usage: ekm report .*--state FILE.*--fail-on WHAT/s],
])("ekm %s helps", (args, help) => {
  expect(run(args.split(" "))).toMatchObject({ status: 0, stdout: expect.stringMatching(help), stderr: "" });
});

test.each(["cli", "simulator"])("the command of %s tells its release", (part) => {
  const { version } = JSON.parse(readFileSync(join(projectRoot, "package.json"), "utf8"));
  const command = join(projectRoot, "dist", part, "main.js");
  const { status, stdout } = spawnSync(process.execPath, [command, "--version"], { encoding: "utf8" });
  expect({ status, stdout }).toEqual({ status: 0, stdout: `pulumi-ekm ${version}\n` });
});

test.each([
  ["", "no command is given"],
  ["imprt", "there is no command imprt"],
  ["constructor", "there is no command constructor"],
  ["import --verbose", "--verbose"],
])("ekm %s is refused as it stands", (args, words) => {
  const { status, stdout, stderr } = run(args.split(" ").filter((word) => word !== ""));
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(stderr).toMatch(/^ekm: .*\nTry "ekm --help"\.\n$/);
  expect(stderr).toContain(words);
});

test("a failure has its code and no stack", async () => {
  const { status, stdout, stderr } = await unreachable;
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).toMatch(/^ekm: EKM_CONNECTION_UNREACHABLE: calling GetAPI on cluster "default": .*ECONNREFUSED.*\n$/);
}, 60_000);

test("without a terminal, nobody is asked for a password", () => {
  const { status, stderr } = run(["import", "--endpoint", "https://127.0.0.1:1", "--username", "admin"]);
  expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringContaining("EKM_PASSWORD") });
});

test("a password is asked for without an echo, and the folder has the cluster's name", async () => {
  const scene = await theatre.scene("paired");
  const { endpoint, username, fingerprint256 } = scene.cluster;
  const flags = ["--endpoint", endpoint, "--username", username, "--fingerprint256", fingerprint256];
  const python = await pythonInterpreter();
  const child = spawn(
    python,
    [join(__dirname, "in_terminal.py"), PASSWORD, process.execPath, EKM, "import", ...flags],
    {
      cwd: folder,
    },
  );
  const { stdout, status, stderr } = await ended(child);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toContain(`Password of ${username}:`);
  expect(stdout).toContain("written to simulated");
  expect(stdout).not.toContain(PASSWORD);
  expect(readFileSync(join(folder, "simulated", "index.ts"), "utf8")).toContain("new element.KeyPair(");
}, 60_000);

test.each([
  ["Ctrl-C", "\u0003"],
  ["Ctrl-D", "\u0004"],
])(
  "%s instead of a password ends it",
  async (_, key) => {
    const flags = ["--endpoint", "https://127.0.0.1:1", "--username", "admin", "--out", "never"];
    const { stdout, status } = await ended(await inTerminal(key, flags));
    expect({ status, stdout }).toEqual({ status: 2, stdout: expect.stringContaining("ekm: no password is given") });
    expect(existsSync(join(folder, "never"))).toBe(false);
  },
  60_000,
);
