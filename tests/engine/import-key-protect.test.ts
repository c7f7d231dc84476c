import { projectComplaints } from "../cli/toolchain";
import { Caller } from "../keyprotect/simulator/caller";
import { issue, makeAuthority } from "../kit/certificates";
import { Region } from "./acceptance/lab";
import { ImportedProgram, LANGUAGES } from "./imported-program";

let region: Region;
let program: ImportedProgram;

beforeAll(async () => {
  region = await Region.start({ propagationSeconds: 0, switches: { clockOffsetSeconds: -3600 } });
  await setUp();
}, 300_000);
afterEach(() => program.remove());
afterAll(() => region.remove());

const clientOf = (commonName: string) => issue(makeAuthority(), { commonName, usage: "client" }).cert;

/** What somebody has set up by hand: two adapters under one key, which is in a ring of its own, and a key beside it. */
async function setUp(): Promise<void> {
  const { simulator } = region;
  const caller = new Caller(simulator);
  const storage = await caller.rootKey("storage");
  await caller.rootKey("backups");
  await simulator.act("moveKey", { key: storage, keyRing: "kmip" });
  const adapters = [await caller.adapter(storage, "clusters"), await caller.adapter(storage, "hypervisors")];
  const [clusters = "", hypervisors = ""] = adapters;
  await caller.certificate(clusters, clientOf("storage-1"), "storage-1");
  await caller.certificate(clusters, clientOf("storage-2"), "storage-2");
  await caller.certificate(hypervisors, clientOf("vcenter"), "vcenter");
  await simulator.act("createObject", { adapter: clusters, certificate: "storage-1" });
}

it.each(LANGUAGES)(
  "takes over root keys, adapters and their clients without a write, and does not let go of them, in %s",
  async (language) => {
    const { apiKey } = region.connection;
    const [before, writes] = [structuredClone(region.objects), region.writes.length];
    const connection = { EKM_KEY_PROTECT_INSTANCES: JSON.stringify({ default: region.connection }) };
    program = await ImportedProgram.write(language, { system: "keyprotect", connection, secret: apiKey });
    expect(program.texts.filter((text) => text.includes(apiKey))).toEqual([]);
    if (language === "typescript") expect(projectComplaints(program.folder)).toBe("");
    await program.expectAdoption();
    expect(region.writes.slice(writes)).toEqual([]);
    expect(region.objects).toEqual(before);

    const ids = await program.ids();
    expect(ids("RootKey")).toEqual(before.keys.map(({ id }) => id).sort());
    expect(ids("KmipAdapter")).toEqual(before.adapters.map(({ id }) => id).sort());
    expect(ids("KmipAdapterClients")).toEqual(before.adapters.map(({ id }) => id).sort());
    expect(ids("KmipClientCertificate")).toHaveLength(3);
  },
  120_000,
);
