import { registry } from "../../../../provider/systems/registry";
import { filesBelow, type Places, search, texts } from "../../../secrets/search";
import { keySecret, type Spelling, textSecret } from "../../../secrets/spellings";
import {
  API_KEY,
  BROKEN_KEY_LINE,
  KMIP_PASSWORD,
  MARKER,
  PASSPHRASE,
  PASSWORDS,
  TRIGGER,
  VCENTER_PASSWORD,
} from "./canaries";
import { CanaryRun, type Way } from "./run";

const marker = textSecret("marker", MARKER);

/** The processes that serve resources, by their command lines. */
const PROVIDERS: Record<Way, RegExp> = {
  dynamic: /cmd\/dynamic-provider\S* /,
  native: /plugin\/pulumi-resource-ekm /,
};

/** Looks for every secret of a program in all that its commands leave behind, whoever serves its resources. */
export function canarySuite(way: Way): void {
  let run: CanaryRun;
  /** What lay in the program's folder before the end, by then and after it; the SDK's debugging lines set apart. */
  let written: Places;
  let debugging: Places;
  let decrypted: string;
  let unrestrained: { stdout: string; stderr: string; debugFile: string };
  /** What state keeps, and every secret of the run. */
  let inState: Spelling[];
  let secrets: Spelling[];

  beforeAll(async () => {
    run = await CanaryRun.start(way);
    await run.perform();
    const before = filesBelow(run.folder);
    decrypted = await run.decryptedState();
    unrestrained = await run.unrestrained();
    await run.destroy();
    const after = Object.entries(filesBelow(run.folder)).map(([file, text]) => [`${file} in the end`, text]);
    [written, debugging] = setApart({ ...before, ...Object.fromEntries(after) });
    inState = [
      ...textSecret("password of the configuration", PASSWORDS.west),
      ...textSecret("password of the instance", PASSWORDS.north),
      ...textSecret("API key", API_KEY),
      ...textSecret("password of the vCenter", VCENTER_PASSWORD),
      ...textSecret("password at key servers", KMIP_PASSWORD),
      ...keySecret("client key", run.clientPrivateKey),
      ...textSecret("trigger", TRIGGER),
      ...keySecret("given key", run.caPrivateKey),
      ...keySecret("generated key", generatedKey()),
    ];
    secrets = [
      ...inState,
      ...textSecret("password of the environment", PASSWORDS.default),
      ...textSecret("wrong password", PASSWORDS.wrong),
      ...textSecret("token", await run.tokenBeginning()),
      ...textSecret("passphrase", PASSPHRASE),
      ...textSecret("broken key", BROKEN_KEY_LINE),
    ];
  }, 600_000);

  afterAll(() => run?.end());

  /** Lines of an event log that the engine shows to nobody who has not asked for debugging. */
  function setApart(files: Places): [others: Places, debugging: Places] {
    const lines = (debug: boolean) => (text: string) =>
      text.split("\n").filter((line) => debug === line.includes('"severity":"debug"'));
    const pick = (debug: boolean): Places =>
      Object.fromEntries(Object.entries(files).map(([file, text]) => [file, lines(debug)(text).join("\n")]));
    return [pick(false), pick(true)];
  }

  /** Of the certificate authority that the program declares. */
  function generatedKey(): string {
    const lab = resources().find(({ urn }) => urn.endsWith("::lab"));
    // A secret in clear is JSON within JSON.
    return JSON.parse(lab?.outputs.privateKey?.plaintext ?? "");
  }

  const resources = (): { urn: string; type: string; outputs: Record<string, { plaintext: string }> }[] =>
    JSON.parse(decrypted).deployment.resources;

  /** The names of the secrets that are found, whatever their spelling. */
  const namesIn = (places: Places, wanted: Spelling[]): string[] =>
    unique(search(places, wanted).map(({ spelling }) => secretOf(spelling)));

  /** Of a spelling, such as `passphrase, base64 at offset 1`. */
  const secretOf = (spelling: string): string => spelling.replace(/,.*/, "");

  const unique = (names: string[]): string[] => [...new Set(names)].sort();

  const commandLines = (): Places =>
    Object.fromEntries(run.processes.map(({ pid, commandLine }) => [`process ${pid}`, commandLine]));

  it("has every resource of the catalogue", () => {
    const tokens = resources().flatMap(
      ({ type }) => /^(?:pulumi-nodejs:dynamic\/ekm\/|ekm:)(.*)/.exec(type)?.[1] ?? [],
    );
    expect(unique(tokens)).toEqual(Object.keys(registry).sort());
  });

  it.each([
    ["a broken key", "caPrivateKey: EKM_KEY_UNUSABLE: "],
    ["a key for a certificate", "clientCertificate: holds a private key"],
    ["broken JSON", "EKM_CLUSTERS is not valid JSON"],
    ["a wrong password", "EKM_CONNECTION_LOGIN"],
  ])("fails over %s", (what, words) => {
    expect(run.printed[`up with ${what}, stdout`]).toContain(words);
  });

  describe("a secret is not in", () => {
    it("what any command prints", () => expect(search(texts(run.printed), secrets)).toEqual([]));

    it("state, history, backups, events, settings and whatever else is written", () =>
      expect(search(written, secrets)).toEqual([]));

    it("temporary files", () => expect(search(filesBelow(run.temporary), secrets)).toEqual([]));

    it("the cache of compiled code", () => expect(search(filesBelow(run.compileCache), secrets)).toEqual([]));

    it("the arguments of a process", () => expect(search(commandLines(), secrets)).toEqual([]));
  });

  describe("the same search finds", () => {
    it.each([
      ["state", /^\.pulumi\/state\/\.pulumi\/stacks\//],
      ["history", /^\.pulumi\/state\/\.pulumi\/history\//],
      ["backups", /^\.pulumi\/state\/\.pulumi\/backups\//],
      ["events", /^\.pulumi\/events-\d+\.jsonl$/],
    ])("a mark in %s", (_, place) => {
      expect(search(written, marker).filter((it) => place.test(it.place))).not.toEqual([]);
    });

    it("a mark in what is printed, temporary files, compiled code and arguments", () => {
      const places = [texts(run.printed), filesBelow(run.temporary), filesBelow(run.compileCache), commandLines()];
      expect(places.map((place) => search(place, marker).length > 0)).toEqual([true, true, true, true]);
    });

    it("every secret of state once that is decrypted", () => {
      expect(namesIn(texts({ decrypted }), inState)).toEqual(unique(inState.map(({ name }) => secretOf(name))));
    });
  });

  /** What SECURITY.md warns of. One of these failing after an upgrade of engine or SDK names what has changed. */
  describe("the engine and the SDK themselves", () => {
    it("print every secret at verbosity 9, and write them to a gRPC debug file", () => {
      const all = unique(inState.map(({ name }) => secretOf(name)));
      expect(namesIn(texts({ stderr: unrestrained.stderr }), inState)).toEqual(all);
      expect(namesIn(texts({ file: unrestrained.debugFile }), inState)).toEqual(all);
    });

    it("print the secrets of resources with --debug, and keep them in debugging events", () => {
      const ofResources = ["generated key", "given key", "password of the instance", "trigger"];
      expect(namesIn(texts({ stdout: unrestrained.stdout }), secrets)).toEqual(ofResources);
      expect(namesIn(debugging, secrets)).toEqual(ofResources);
    });

    it("hand on their environment to the provider, which starts nobody", () => {
      const provider = run.processes.filter(({ commandLine }) => PROVIDERS[way].test(commandLine));
      for (const { environment } of provider) expect(namesIn({ environment }, secrets)).toContain("passphrase");
      const pids = provider.map(({ pid }) => pid);
      expect(pids).not.toEqual([]);
      expect(run.processes.filter(({ parent }) => pids.includes(parent))).toEqual([]);
      // That parents are seen at all.
      const engines = run.processes.filter(({ commandLine }) => commandLine.includes("pulumi --non-interactive"));
      expect(run.processes.some(({ parent }) => engines.some(({ pid }) => pid === parent))).toBe(true);
    });
  });
}
