import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { PULUMI_WORDS } from "../../../provider/adapters/pulumi/words";
import { PLAIN_WORDS } from "../../../provider/core/words";
import { projectRoot } from "../../../tools/engine/paths";

/** What no lifecycle names, nor what it is made of: commands and options of a way in, and how it tells resources apart. */
const OF_A_WAY_IN =
  /\bpulumi (up|preview|refresh|destroy|cancel|state|config)\b|customTimeouts|resource option|\baliases\b|\burns?\b/i;

const PROVIDER = join(projectRoot, "provider");
const FOLDERS = ["core", "connections", "pki", "systems"];
const sources = FOLDERS.flatMap((folder) =>
  readdirSync(join(PROVIDER, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => join(folder, name)),
);

test("no lifecycle names a command, an option or a URN of the way in that calls it", () => {
  const naming = sources.filter((file) => OF_A_WAY_IN.test(readFileSync(join(PROVIDER, file), "utf8")));
  expect(naming).toEqual([]);
});

test.each(Object.keys(PULUMI_WORDS) as (keyof typeof PULUMI_WORDS)[])(
  "who has no words of its own does not speak of Pulumi: %s",
  (word) => {
    expect(PLAIN_WORDS[word]).not.toMatch(OF_A_WAY_IN);
    expect(PULUMI_WORDS[word]).not.toBe(PLAIN_WORDS[word]);
  },
);
