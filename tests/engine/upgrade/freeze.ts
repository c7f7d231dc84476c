import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Authority, issue, makeAuthority } from "../../kit/certificates";
import { FROZEN, foldersOf, HELD, KEY_SERVER, QUICK, type Stage, setStage } from "./stage";

const YEARS_30 = 30 * 365;

const { version } = JSON.parse(readFileSync(require.resolve("pulumi-ekm/package.json"), "utf8"));
const { whole, unfinished } = foldersOf(version);

/** What has been frozen stays as it is. */
const frozenOnce = (folder: string) => (existsSync(join(FROZEN, folder)) ? it.skip : it);

frozenOnce(whole)(
  "freezes a stack of every resource, the cluster and the key server",
  async () => {
    await freeze(whole, "program.js", async ({ workspace }, authority) => {
      workspace.write("authority.json", authority);
      await workspace.up();
    });
  },
  120_000,
);

frozenOnce(unfinished)(
  "freezes a stack with a fleet, both kinds of encryption and a rekey that was not seen to end",
  async () => {
    await freeze(unfinished, "unfinished.js", async ({ workspace, cluster }, authority) => {
      const triggers = { certificate: { year: "1" }, masterKey: { quarter: "1" }, recovery: { boot: "1" } };
      workspace.write("settings.json", { authority, triggers });
      await workspace.up();
      cluster.switches.rekeySeconds = HELD;
      const rotated = { ...triggers, masterKey: { quarter: "2" } };
      workspace.write("settings.json", { authority, triggers: rotated, update: "1s" });
      await workspace.up({ expectFailure: true });
      // The program is to go on with the same authority.
      writeFileSync(join(FROZEN, unfinished, "authority.json"), JSON.stringify(authority));
    });
  },
  120_000,
);

/** Writes a folder: what `runs` leave of a stack, its cluster and its key server. */
async function freeze(
  name: string,
  program: string,
  runs: (stage: Stage, authority: Authority) => Promise<void>,
): Promise<void> {
  const folder = join(FROZEN, name);
  mkdirSync(folder);
  const validity = { notAfter: new Date(Date.now() + YEARS_30 * 86_400_000) };
  const authority = makeAuthority(validity);
  const { cert, key } = issue(authority, {
    ...validity,
    commonName: "key-server",
    usage: "server",
    hosts: [KEY_SERVER.host],
  });
  const files = { authority: authority.certificate, "key-server": cert, "key-server-key": key };
  for (const [file, content] of Object.entries(files)) writeFileSync(join(folder, `${file}.pem`), content);

  const stage = await setStage(folder, { program: { file: join(__dirname, program) } });
  try {
    stage.cluster.switches.rekeySeconds = QUICK;
    await runs(stage, authority);
    const { stdout } = await stage.workspace.run(["stack", "export"]);
    writeFileSync(join(folder, "stack.json"), stdout);
  } finally {
    await stage.end();
  }
}
