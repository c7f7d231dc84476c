import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FileJournal, journalFolder } from "../../provider/adapters/process/journal/folder";
import { journalled } from "../../provider/adapters/process/journal/journalled";
import { PULUMI_WORDS } from "../../provider/adapters/pulumi/words";
import { pastOf } from "../../provider/core/history";
import type { Entry } from "../../provider/core/journal";
import type { Lifecycle } from "../../provider/core/lifecycle";
import { isSealOf, seal } from "../../provider/core/seal";
import { UNKNOWN } from "../../provider/core/unknown";
import { spoken } from "../../provider/core/words";
import { attachmentResource } from "../../provider/systems/element/attachment/resource";
import { keyProviderResource } from "../../provider/systems/element/key-provider/resource";
import { element } from "../../provider/systems/element/system";

type Keeping = Lifecycle<Record<string, unknown>, Record<string, unknown>>;

const STACK = "urn:pulumi:dev::tests::";
const URN = `${STACK}pulumi-nodejs:dynamic/ekm/element:KeyServer::main`;
const entry = (more: Partial<Entry> = {}): Entry => ({
  receipt: "after",
  before: "before",
  wrote: true,
  attempts: [],
  ...more,
});

describe("what a journal and state tell together", () => {
  const attempts = [{ to: "2", before: "k1" }];

  it.each<[string, Entry | undefined, string | null, object]>([
    ["nothing, without an entry", undefined, "before", { standing: "unknown", attempts: [] }],
    ["that state has the result", entry({ attempts }), "after", { standing: "settled", attempts: [] }],
    ["that the result never arrived", entry({ attempts }), "before", { standing: "open", attempts }],
    ["nothing, where state moved on elsewhere", entry({ attempts }), "another", { standing: "unknown", attempts: [] }],
    ["nothing of a call that wrote nothing", entry({ wrote: false }), "before", { standing: "unknown" }],
    ["that a create was cut off", entry({ before: null }), null, { standing: "open", wasRemoval: false }],
    ["that a delete was cut off", entry({ receipt: null }), "before", { standing: "open", wasRemoval: true }],
    ["that a delete was saved", entry({ receipt: null }), null, { standing: "settled" }],
    [
      "that a delete of a state without receipts was cut off",
      entry({ receipt: null, before: "" }),
      "",
      { standing: "open" },
    ],
  ])("%s", (_what, written, receipt, past) => {
    expect(pastOf(written, receipt)).toMatchObject(past);
  });
});

describe("a journal in files", () => {
  let folder: string;
  let now: Date;
  const complaints: string[] = [];
  const open = () =>
    new FileJournal(folder, { now: () => now }, (message) => complaints.push(spoken(message, PULUMI_WORDS)));

  beforeEach(() => {
    folder = join(mkdtempSync(join(tmpdir(), "ekm-journal-")), "state");
    now = new Date();
    complaints.length = 0;
  });
  afterEach(() => rmSync(join(folder, ".."), { recursive: true, force: true }));

  it("tells the next process what this one has begun, by system and resource", () => {
    open().write("a7k3", URN, entry(), "begun");
    expect(open().find("a7k3", URN)).toMatchObject(entry());
    expect(open().find("b8l4", URN)).toBeUndefined();
    expect(open().find("a7k3", `${URN}-other`)).toBeUndefined();
  });

  it("leaves no half of an entry, and takes what somebody has damaged for none", () => {
    open().write("a7k3", URN, entry(), "attempted");
    const [file = "", ...others] = readdirSync(folder).filter((name) => name !== "tidied");
    expect(others).toEqual([]);
    expect(JSON.parse(readFileSync(join(folder, file), "utf8"))).toMatchObject({ system: "a7k3", urn: URN });
    writeFileSync(join(folder, file), "{");
    expect(open().find("a7k3", URN)).toBeUndefined();
  });

  it("goes on where nothing can be written, and says so once", () => {
    writeFileSync(folder, "no folder");
    const journal = open();
    journal.write("a7k3", URN, entry(), "begun");
    journal.write("a7k3", URN, entry(), "given");
    expect(complaints).toEqual([expect.stringContaining("cannot be noted")]);
    expect(complaints[0]).toContain('"pulumi up --refresh"');
    expect(journal.find("a7k3", URN)).toBeUndefined();
  });

  it("forgets what nobody finishes any more", () => {
    open().write("a7k3", URN, entry(), "begun");
    const old = new Date(now.getTime() - 500 * 86_400_000);
    for (const name of readdirSync(folder)) utimesSync(join(folder, name), old, old);
    open().write("b8l4", URN, entry(), "begun");
    expect(open().find("a7k3", URN)).toBeUndefined();
    expect(open().find("b8l4", URN)).toBeDefined();
  });

  it("lists objects whose create was cut off, but not those that the engine has or that another stack has made", () => {
    const making = entry({ before: null, attempts: [{ to: "key server", name: "main-1a2b3c4" }] });
    const journal = open();
    journal.write("a7k3", URN, making, "attempted");
    journal.write("a7k3", URN.replace("dev", "prod"), making, "attempted");
    expect(open().leftovers("a7k3", STACK)).toEqual([{ identity: URN, kind: "key server", name: "main-1a2b3c4" }]);
    expect(open().leftovers("b8l4", STACK)).toEqual([]);
    journal.write("a7k3", URN, making, "given", "key server 1");
    journal.deliver(["key server 2"]);
    expect(open().leftovers("a7k3", STACK)).toHaveLength(1);
    journal.deliver(["key server 1"]);
    expect(open().leftovers("a7k3", STACK)).toEqual([]);
  });

  it("takes nothing for saved that an engine names which saves state when a run ends", () => {
    const making = entry({ before: null, attempts: [{ to: "key server", name: "main-1a2b3c4" }] });
    const journal = new FileJournal(folder, { now: () => now }, () => {}, false);
    journal.write("a7k3", URN, making, "given", "key server 1");
    journal.deliver(["key server 1"]);
    expect(open().leftovers("a7k3", STACK)).toHaveLength(1);
  });

  it.each([
    ["named", "a", { cluster: "a" }],
    ["the default one", "default", {}],
  ])(
    "takes a result for saved once another resource is given the id of what was made: its cluster is %s",
    async (_, cluster, given) => {
      const [provider, attachment] = ["KeyProvider", "KeyServerAttachment"].map((kind) =>
        URN.replace("KeyServer", kind),
      );
      const context = { journal: open(), connection: () => undefined };
      const making: Partial<Keeping> = {
        async create(inputs, { history }) {
          history.attempt("a7k3", { to: "key provider", name: "main-1a2b3c4" });
          return { id: "7", outputs: { ...inputs, clusterUniqueID: "a7k3" } };
        },
      };
      const checking: Partial<Keeping> = { check: async (_olds, inputs) => ({ inputs, failures: [], lines: [] }) };
      const attaching = journalled(checking as Keeping, attachmentResource, element);
      const attach = (ends: object) =>
        attaching.check({}, { resourceUrn: attachment, ...given, ...ends }, context as never);

      const inputs = { resourceUrn: provider, cluster };
      await journalled(making as Keeping, keyProviderResource, element).create(inputs, context as never);
      await attach({ keyProvider: UNKNOWN, keyServer: "7" });
      await attach({ keyProvider: "7", cluster: "b" });
      expect(open().leftovers("a7k3", STACK)).toHaveLength(1);
      await attach({ keyProvider: "7" });
      expect(open().leftovers("a7k3", STACK)).toEqual([]);
    },
  );

  it("is for its user alone", () => {
    open().write("a7k3", URN, entry(), "begun");
    for (const path of [folder, ...readdirSync(folder).map((name) => join(folder, name))]) {
      if (path.endsWith(".json") || path === folder) expect(statSync(path).mode & 0o077).toBe(0);
    }
  });

  it.each([
    [{ XDG_STATE_HOME: "/x" }, "linux", "/x/pulumi-ekm"],
    [{ LOCALAPPDATA: "/local" }, "win32", "/local/pulumi-ekm"],
    [{}, "linux", "/.local/state/pulumi-ekm"],
  ] as const)("is where %j says", (env, platform, end) => {
    expect(journalFolder(env, platform).endsWith(end)).toBe(true);
  });
});

test("sealed values can be compared and not read, whatever their order", () => {
  const sealed = seal({ quarter: "2", reason: "leak" });
  expect(sealed).not.toContain("leak");
  expect(isSealOf(sealed, { reason: "leak", quarter: "2" })).toBe(true);
  expect(isSealOf(sealed, { quarter: "3", reason: "leak" })).toBe(false);
  expect(isSealOf(undefined, {})).toBe(false);
  expect(seal({ quarter: "2" })).not.toBe(seal({ quarter: "2" }));
});
