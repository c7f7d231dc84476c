import fc from "fast-check";
import { type Ledger, NOTHING, type Which } from "../ledger";
import { comingKey, ofKind, pairsMade, type Sight } from "../sight";
import { type Act, Step } from "../step";
import type { World } from "../world";

/** What somebody does with the vendor's SDK, past every stack. The cluster may refuse it. */
class ByHand extends Step {
  constructor(
    private readonly what: string,
    private readonly hand: (world: World, before: Sight, ledger: Ledger) => Promise<unknown>,
    private readonly allowed = NOTHING,
  ) {
    super();
  }

  protected async act(ledger: Ledger, world: World, before: Sight): Promise<Act> {
    await this.hand(world, before, ledger);
    return { allowed: this.allowed };
  }

  toString = () => `by hand: ${this.what}`;
}

const REKEY = { rekeys: 1, pairs: 0 };
const rekey = (world: World, args: object) => world.byHand("rekey_software_encryption_at_rest_master_key", { ...args });

/** Id of an object of a stack, as its state knows it. */
const idIn = (before: Sight, which: Which, kind: "server" | "provider"): number | undefined => {
  const [resource] = ofKind(before.resources[which], kind);
  return resource && Number(resource.id);
};

const rekeys = fc.constantFrom(
  new ByHand("rekey as it is", (world) => rekey(world, {}), REKEY),
  new ByHand("rekey to internal keys", (world) => rekey(world, { key_management_type: "Internal" }), REKEY),
  ...([0, 1] as const).map(
    (which) =>
      new ByHand(
        `rekey to the provider of the ${which === 0 ? "first" : "second"} stack`,
        async (world, before) => {
          const provider = idIn(before, which, "provider");
          if (provider === undefined) return;
          await rekey(world, { key_management_type: "External", key_provider_id: provider });
        },
        REKEY,
      ),
  ),
);

/** Name of what no stack declares. */
export const NOBODYS = "nobody's";

/** Of the subject that the programs declare: they take it as it is, and have it certified. Nobody would for nobody's. */
const keyPair = new ByHand(
  "make a new key pair",
  async (world, before) => {
    const holder = comingKey(before).keyProviderID;
    const { keyProviders } = before.cluster;
    const isNobodys = keyProviders.some((one) => one.keyProviderID === holder && one.keyProviderName === NOBODYS);
    if (pairsMade(before) === 0 || isNobodys) return;
    await world.byHand("create_public_private_key_pair", { common_name: "storage.example.com", country: "US" });
  },
  { rekeys: 0, pairs: 1 },
);

const onObject = (
  what: string,
  which: Which,
  kind: "server" | "provider",
  hand: (world: World, id: number) => Promise<unknown>,
) =>
  new ByHand(`${what} of the ${which === 0 ? "first" : "second"} stack`, async (world, before) => {
    const id = idIn(before, which, kind);
    if (id !== undefined) await hand(world, id);
  });

const objects = fc.constantFrom<Which>(0, 0, 1).chain((which) =>
  fc.constantFrom(
    onObject("rename the server", which, "server", (world, id) =>
      world.byHand("modify_key_server_kmip", { key_server_id: id, kmip_key_server_name: "renamed by hand" }),
    ),
    onObject("give another host name to the server", which, "server", (world, id) =>
      world.byHand("modify_key_server_kmip", { key_server_id: id, kmip_key_server_hostnames: ["localhost"] }),
    ),
    onObject("detach the server", which, "server", (world, id) =>
      world.byHand("remove_key_server_from_provider_kmip", { key_server_id: id }),
    ),
    onObject("delete the server", which, "server", (world, id) =>
      world.byHand("delete_key_server_kmip", { key_server_id: id }),
    ),
    onObject("delete the provider", which, "provider", (world, id) =>
      world.byHand("delete_key_provider_kmip", { key_provider_id: id }),
    ),
  ),
);

/** A provider that no stack declares, with a server of its own at the western key server, takes the master key. */
const stranger = new ByHand(
  "give the master key to a provider of nobody's",
  async (world, { cluster }) => {
    const [known] = cluster.keyServers;
    if (known === undefined || cluster.keyProviders.some(({ keyProviderName }) => keyProviderName === NOBODYS)) return;
    const { port, caCertificate } = world.installation.west.settings;
    await world.byHand("create_key_server_kmip", {
      kmip_ca_certificate: caCertificate,
      kmip_client_certificate: known.kmipClientCertificate,
      kmip_key_server_hostnames: ["127.0.0.1"],
      kmip_key_server_name: NOBODYS,
      kmip_key_server_port: port,
    });
    await world.byHand("create_key_provider_kmip", { key_provider_name: NOBODYS });
    const { lastIDs } = world.installation.cluster.state();
    await world.byHand("add_key_server_to_provider_kmip", {
      key_provider_id: lastIDs.keyProvider,
      key_server_id: lastIDs.keyServer,
    });
    await rekey(world, { key_management_type: "External", key_provider_id: lastIDs.keyProvider });
  },
  REKEY,
);

const hardware = fc.constantFrom<Which>(0, 1).map(
  (which) =>
    new ByHand(`enable hardware encryption with the provider of the ${which} stack`, async (world, before, ledger) => {
      const provider = idIn(before, which, "provider");
      if (provider === undefined) return;
      const answer = await world.byHand("enable_encryption_at_rest", { key_provider_id: provider });
      if ("result" in answer) ledger.hardwareEncryption = true;
    }),
);

const readResult = new ByHand("read the result of the latest rekey, which deletes it", async (world, before) => {
  const handle = before.cluster.softwareEncryption.asyncResultID;
  if (handle !== undefined) await world.byHand("get_async_result", { async_handle: handle });
});

export const byHand = fc.oneof(
  { weight: 4, arbitrary: rekeys },
  { weight: 2, arbitrary: fc.constant(keyPair) },
  { weight: 4, arbitrary: objects },
  { weight: 1, arbitrary: fc.constant(stranger) },
  { weight: 1, arbitrary: hardware },
  { weight: 1, arbitrary: fc.constant(readResult) },
);
