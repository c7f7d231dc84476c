import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { issue, makeAuthority } from "../../fixtures/certificates";
import { FROZEN, KEY_SERVER, setStage } from "./stage";

const YEARS_30 = 30 * 365;

it("freezes a stack of every resource, the cluster and the key server", async () => {
  const { version } = JSON.parse(readFileSync(require.resolve("pulumi-ekm/package.json"), "utf8"));
  const folder = join(FROZEN, version);
  rmSync(folder, { recursive: true, force: true });
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
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(join(folder, `${name}.pem`), content);
  }

  const { workspace, end } = await setStage(folder, { program: { file: join(__dirname, "program.js") } });
  try {
    workspace.write("authority.json", authority);
    await workspace.up();
    const { stdout } = await workspace.run(["stack", "export"]);
    writeFileSync(join(folder, "stack.json"), stdout);
  } finally {
    await end();
  }
}, 120_000);
