import { kmipAdapter } from "../../../provider/systems/keyprotect/kmip-adapter/kmip-adapter";
import { kmipClientCertificate } from "../../../provider/systems/keyprotect/kmip-client-certificate/kmip-client-certificate";
import { ID } from "../generators";
import { Resource, type Run, runOn } from "../harness";
import { registrationOf } from "../own-registration";
import { BY_HAND, clientByHand, newClient, PROPAGATION_SECONDS, type Scene } from "../stage";
import { lifecycleTable, useTheatre } from "../table";

const [one, two] = [newClient("one"), newClient("two")];
const [first, second] = [registrationOf(one.cert), registrationOf(two.cert)];

const registering =
  ({ cert }: { cert: string }, others: object = {}) =>
  ({ adapter }: Scene) => ({ adapter: adapter.id, certificate: cert, ...others });

const otherAdapter = ({ instance }: Scene) => instance.adapters[1]?.id ?? "";
const propagated = ({ clock }: Scene) => clock.advance(PROPAGATION_SECONDS * 1000);

lifecycleTable("KmipClientCertificate", kmipClientCertificate, "adapted", [
  {
    name: "is registered, is waited for until its client is let in, and is removed",
    steps: [
      {
        up: registering(one),
        did: "created",
        outputs: { registrationName: first, complete: true, superseded: [], certificate: one.cert },
        writes: ["addKmipClientCertificate"],
        afterwards: async ({ scene }) => {
          expect(scene.registered()).toEqual([first]);
          expect(await scene.lets(one)).toBe(true);
        },
      },
      { up: registering(one), did: "unchanged" },
      { refresh: true, did: "refreshed" },
      { up: registering(one), did: "unchanged" },
      {
        destroy: true,
        did: "deleted",
        writes: ["deleteKmipClientCertificate"],
        afterwards: async ({ scene }) => {
          expect(scene.registered()).toEqual([]);
          propagated(scene);
          expect(await scene.lets(one)).toBe(false);
        },
      },
    ],
  },
  {
    name: "finds what it registered when the answer was lost",
    steps: [
      {
        given: ({ scene }) => scene.loseAnswer("addKmipClientCertificate"),
        up: registering(one),
        failed: ["EKM_CONNECTION_UNREACHABLE", "addKmipClientCertificate"],
        writes: ["addKmipClientCertificate"],
      },
      {
        up: registering(one),
        did: "created",
        afterwards: ({ scene }) => expect(scene.registered()).toEqual([first]),
      },
    ],
  },
  {
    name: "is the same however its PEM is spelled",
    steps: [
      { up: registering(one), did: "created", writes: ["addKmipClientCertificate"] },
      { up: registering({ cert: one.cert.replaceAll("\n", "\r\n") }), did: "unchanged" },
      { up: registering({ cert: `\n${one.cert}\n\n` }), did: "unchanged" },
    ],
  },
  {
    name: "is renewed in place: the former one is accepted until somebody removes it",
    steps: [
      { up: registering(one), did: "created", writes: ["addKmipClientCertificate"] },
      {
        up: registering(two),
        did: "updated",
        outputs: { registrationName: second, superseded: [first] },
        writes: ["addKmipClientCertificate"],
        says: ["will register", `"${first}" stays registered until a KmipAdapterClients removes it`],
        afterwards: async ({ scene }) => {
          expect(scene.registered()).toEqual([first, second]);
          const key = await scene.keyMadeBy(one);
          expect(await scene.reads(two, key)).toBe(true);
        },
      },
      { up: registering(two), did: "unchanged" },
      {
        refresh: true,
        did: "refreshed",
        outputs: { superseded: [first] },
        says: [`"${first}" is still registered, until a KmipAdapterClients removes it`],
      },
      {
        given: ({ scene }) => scene.somebody("destroyObjects", { adapter: BY_HAND }),
        destroy: true,
        did: "deleted",
        writes: ["deleteKmipClientCertificate", "deleteKmipClientCertificate"],
        afterwards: ({ scene }) => expect(scene.registered()).toEqual([]),
      },
    ],
  },
  {
    name: "is renewed once where the answer to that was lost",
    steps: [
      { up: registering(one), did: "created", writes: ["addKmipClientCertificate"] },
      {
        given: ({ scene }) => scene.loseAnswer("addKmipClientCertificate"),
        up: registering(two),
        failed: ["EKM_CONNECTION_UNREACHABLE"],
        writes: ["addKmipClientCertificate"],
      },
      {
        up: registering(two),
        did: "updated",
        outputs: { superseded: [first] },
        afterwards: ({ scene }) => expect(scene.registered()).toEqual([first, second]),
      },
    ],
  },
  {
    name: "is incomplete at the deadline, and the next run waits for the rest of the time",
    steps: [
      {
        up: registering(one, { deadlines: { create: 60 } }),
        failed: ["EKM_PROPAGATION_DEADLINE", "waits for the rest"],
        incomplete: true,
        writes: ["addKmipClientCertificate"],
        afterwards: async ({ scene, resource }) => {
          expect(resource.state?.outputs).toMatchObject({ complete: false, registrationName: first });
          expect(await scene.lets(one)).toBe(false);
        },
      },
      {
        up: registering(one),
        did: "updated",
        outputs: { complete: true },
        afterwards: async ({ scene }) => {
          expect(await scene.lets(one)).toBe(true);
          const [{ created } = { created: { at: "" } }] = scene.adapter.certificates;
          const waited = scene.clock.now().getTime() - Date.parse(created.at);
          expect(waited).toBeLessThan((PROPAGATION_SECONDS + 10) * 1000);
        },
      },
    ],
  },
  {
    name: "is not waited for longer than Key Protect may take where its clock is ahead",
    switches: { clockOffsetSeconds: 3600 },
    steps: [
      {
        up: registering(one),
        did: "created",
        writes: ["addKmipClientCertificate"],
        afterwards: ({ scene }) => {
          const [{ created } = { created: { at: "" } }] = scene.adapter.certificates;
          const waited = scene.clock.now().getTime() + 3_600_000 - Date.parse(created.at);
          expect(waited).toBeGreaterThanOrEqual(PROPAGATION_SECONDS * 1000);
          expect(waited).toBeLessThan((PROPAGATION_SECONDS + 10) * 1000);
        },
      },
    ],
  },
  {
    name: "is waited for as long as is declared",
    switches: { propagationSeconds: 1 },
    steps: [
      {
        up: registering(one, { propagation: "1s" }),
        did: "created",
        writes: ["addKmipClientCertificate"],
        afterwards: async ({ scene }) => expect(await scene.lets(one)).toBe(true),
      },
    ],
  },
  {
    name: "is taken over from whoever has registered it where that is declared",
    stage: "registered",
    steps: [
      {
        up: registering(clientByHand),
        failed: ["EKM_EQUAL_OBJECT_EXISTS", `registered there as "${BY_HAND}"`, 'adopt to "match"'],
        writes: ["addKmipClientCertificate"],
      },
      {
        up: registering(clientByHand, { adopt: "match" }),
        did: "created",
        outputs: { registrationName: BY_HAND },
      },
      { up: registering(clientByHand), did: "unchanged" },
      {
        up: registering(one),
        did: "updated",
        outputs: { registrationName: first },
        writes: ["addKmipClientCertificate"],
      },
    ],
  },
  {
    name: "is not taken over where it is not registered",
    steps: [{ up: registering(one, { adopt: "match" }), failed: ["EKM_OBJECT_NOT_FOUND", "is not registered"] }],
  },
  {
    name: "is refused where another adapter of the region has it",
    stage: "registered",
    steps: [
      {
        given: ({ scene }) => scene.caller.adapter(scene.key.id, "second"),
        up: (scene) => ({ adapter: otherAdapter(scene), certificate: clientByHand.cert }),
        failed: ["EKM_CERTIFICATE_REGISTERED_ELSEWHERE", "KMIP_CERT_DUPLICATE_ERR"],
        writes: ["addKmipClientCertificate"],
      },
    ],
  },
  {
    name: "is refused where somebody has registered another one under its name",
    steps: [
      { up: registering(one), did: "created", writes: ["addKmipClientCertificate"] },
      {
        given: async ({ scene }) => {
          await scene.somebody("removeCertificate", { adapter: BY_HAND, certificate: first });
          await scene.somebody("registerCertificate", { adapter: BY_HAND, certificate: two.cert, name: first });
        },
        refresh: true,
        did: "gone",
      },
      {
        up: registering(one),
        failed: ["EKM_EQUAL_OBJECT_EXISTS", "another certificate", first],
        writes: ["addKmipClientCertificate"],
      },
    ],
  },
  {
    name: "is refused at an adapter that is not there",
    steps: [{ up: { adapter: ID, certificate: one.cert }, failed: ["EKM_OBJECT_NOT_FOUND", `no KMIP adapter ${ID}`] }],
  },
  {
    name: "that somebody has removed is gone, and registered again",
    steps: [
      { up: registering(one), did: "created", writes: ["addKmipClientCertificate"] },
      {
        given: ({ scene }) => scene.somebody("removeCertificate", { adapter: BY_HAND, certificate: first }),
        refresh: true,
        did: "gone",
      },
      { up: registering(one), did: "created", writes: ["addKmipClientCertificate"] },
      {
        given: ({ scene }) => scene.somebody("deleteAdapter", { adapter: BY_HAND }),
        destroy: true,
        did: "deleted",
      },
    ],
  },
  {
    name: "stays registered where that is declared",
    steps: [
      { up: registering(one, { onDelete: "keep" }), did: "created", writes: ["addKmipClientCertificate"] },
      {
        destroy: true,
        did: "deleted",
        says: ["stays registered, as onDelete says"],
        afterwards: ({ scene }) => expect(scene.registered()).toEqual([first]),
      },
    ],
  },
  ...(["refuse", "keep", undefined] as const).map((adapterOnDelete) => ({
    name: `stays registered while its client has keys at an adapter of which a destroy makes this: ${adapterOnDelete}`,
    steps: [
      {
        up: registering(one, { adapterOnDelete }),
        did: "created" as const,
        writes: ["addKmipClientCertificate" as const],
      },
      {
        given: ({ scene }: { scene: Scene }) => scene.keyMadeBy(one),
        destroy: true as const,
        failed: ["EKM_KEYS_IN_ADAPTER", "removing client certificate", "one key", first] as [string, ...string[]],
        afterwards: async ({ scene }: { scene: Scene }) => {
          expect(scene.registered()).toEqual([first]);
          expect(await scene.lets(one)).toBe(true);
        },
      },
      {
        given: ({ scene }: { scene: Scene }) => scene.somebody("destroyObjects", { adapter: BY_HAND }),
        destroy: true as const,
        did: "deleted" as const,
        writes: ["deleteKmipClientCertificate" as const],
      },
    ],
  })),
  {
    name: "is removed with its keys where the adapter's are to be destroyed",
    steps: [
      {
        up: registering(one, { adapterOnDelete: "destroyKeys" }),
        did: "created",
        writes: ["addKmipClientCertificate"],
      },
      {
        given: ({ scene }) => scene.keyMadeBy(one),
        destroy: true,
        did: "deleted",
        writes: ["deleteKmipClientCertificate"],
      },
    ],
  },
  {
    name: "stays registered where the adapter's delete is refused for others' clients, whatever becomes of keys",
    stage: "registered",
    steps: [
      {
        up: registering(one, { adapterOnDelete: "destroyKeys" }),
        did: "created",
        writes: ["addKmipClientCertificate"],
      },
      {
        destroy: true,
        failed: ["EKM_ADAPTER_HAS_CLIENTS", "which goes next", `"${BY_HAND}"`, "adapter's onDelete"],
        afterwards: ({ scene }) => expect(scene.registered()).toEqual([BY_HAND, first]),
      },
    ],
  },
  {
    name: "stays registered while there are keys that its former certificate made, at an adapter of others as well",
    stage: "registered",
    steps: [
      { up: registering(one), did: "created", writes: ["addKmipClientCertificate"] },
      {
        given: ({ scene }) => scene.keyMadeBy(one),
        up: registering(two),
        did: "updated",
        writes: ["addKmipClientCertificate"],
      },
      {
        given: ({ scene }) => scene.somebody("removeCertificate", { adapter: BY_HAND, certificate: first }),
        destroy: true,
        failed: ["EKM_KEYS_IN_ADAPTER", "its client has made one key"],
        afterwards: ({ scene }) => expect(scene.registered()).toEqual([BY_HAND, second]),
      },
    ],
  },
  {
    name: "is removed from an adapter whose keys are all of other clients",
    stage: "registered",
    steps: [
      { up: registering(one), did: "created", writes: ["addKmipClientCertificate"] },
      {
        given: ({ scene }) => scene.keyMadeBy(clientByHand),
        destroy: true,
        did: "deleted",
        writes: ["deleteKmipClientCertificate"],
        afterwards: ({ scene }) => expect(scene.registered()).toEqual([BY_HAND]),
      },
    ],
  },
  {
    name: "is not looked at where nothing changes but what a destroy does",
    steps: [
      { up: registering(one), did: "created", writes: ["addKmipClientCertificate"] },
      {
        given: ({ scene }) => scene.region.faults.add({ method: "getKmipClientCertificates", action: { drop: true } }),
        up: registering(one, { onDelete: "keep", adapterOnDelete: "keep" }),
        did: "updated",
        outputs: { onDelete: "keep", adapterOnDelete: "keep", registrationName: first },
        says: ["a destroy will leave this registration"],
      },
      {
        up: registering(one, { adapterOnDelete: "keep" }),
        did: "updated",
        outputs: { onDelete: "remove" },
        says: ["a destroy will remove this registration"],
      },
    ],
  },
  {
    name: "moves to another adapter while clients have no keys in the present one",
    steps: [
      {
        given: ({ scene }) => scene.caller.adapter(scene.key.id, "second"),
        up: registering(one),
        did: "created",
        writes: ["addKmipClientCertificate"],
      },
      {
        given: ({ scene }) => scene.keyMadeBy(one),
        up: (scene) => ({ adapter: otherAdapter(scene), certificate: one.cert }),
        refused: ["adapter"],
        because: ["EKM_KEYS_IN_ADAPTER", "one key", "new logical name"],
      },
      {
        given: ({ scene }) => scene.somebody("destroyObjects", { adapter: BY_HAND }),
        up: (scene) => ({ adapter: otherAdapter(scene), certificate: one.cert }),
        did: "replaced",
        writes: ["deleteKmipClientCertificate", "addKmipClientCertificate"],
        afterwards: ({ scene }) =>
          expect(scene.instance.adapters.map(({ certificates }) => certificates.length)).toEqual([0, 1]),
      },
    ],
  },
]);

describe("a client certificate", () => {
  const theatre = useTheatre();

  const named = (run: Run, name: string) =>
    new Resource(kmipClientCertificate, "keyprotect:KmipClientCertificate", run, name);

  async function begun() {
    const scene = await theatre.scene("adapted");
    const run = runOn(scene);
    const resource = named(run, "main");
    expect(await resource.up(registering(one)(scene))).toMatchObject({ did: "created" });
    run.next();
    return { scene, run, resource };
  }

  test.each([
    ["goes with it", false, { failed: "EKM_KEYS_IN_ADAPTER" }],
    ["is taken away alone", true, { did: "deleted" }],
  ])("of an adapter in which other clients have keys %s", async (_how, isAdapterDeclared, end) => {
    const { scene, run, resource } = await begun();
    const other = named(run, "other");
    const adapter = new Resource(kmipAdapter, "keyprotect:KmipAdapter", run);
    const declared = { rootKey: scene.key.id, name: BY_HAND, adopt: scene.adapter.id };
    await adapter.up(declared);
    const adapterOnDelete = "refuse";
    await resource.up(registering(one, { adapterOnDelete })(scene));
    await other.up(registering(two, { adapterOnDelete })(scene));
    await scene.keyMadeBy(two);
    run.next();
    if (isAdapterDeclared) {
      expect(await adapter.up({ rootKey: scene.key.id, name: BY_HAND })).toMatchObject({ did: "unchanged" });
    } else {
      await adapter.refresh();
    }
    expect(await resource.destroy()).toMatchObject(end);
    expect(scene.registered()).toHaveLength(isAdapterDeclared ? 1 : 2);
    expect(await other.destroy()).toMatchObject({ failed: "EKM_KEYS_IN_ADAPTER" });
    expect(await scene.lets(two)).toBe(true);
    await run.close();
  });

  test("is declared once in a program", async () => {
    const { scene, run, resource } = await begun();
    await resource.up(registering(one)(scene));
    expect(await named(run, "other").up(registering(one)(scene))).toMatchObject({
      refused: [{ property: "certificate", reason: expect.stringContaining("already declares it") }],
    });
    await run.close();
  });

  test("is handed over under another logical name, and its successors are known by the former mark", async () => {
    const { scene, run, resource } = await begun();
    const renamed = named(run, "renamed");
    expect(await renamed.up(registering(one)(scene))).toMatchObject({ did: "created" });
    expect(await resource.destroy()).toMatchObject({ did: "deleted" });
    expect(scene.registered()).toEqual([first]);
    run.next();
    expect(await renamed.up(registering(two)(scene))).toMatchObject({
      did: "updated",
      outputs: { registrationName: second, superseded: [first] },
    });
    run.next();
    await renamed.destroy();
    expect(scene.registered()).toEqual([]);
    await run.close();
  });

  test.each([
    ["as it is", one, [first]],
    ["and renewed at once", two, [first, second]],
  ])("is replaced by force %s, and nothing is lost", async (_how, client, left) => {
    const { scene, run, resource } = await begun();
    const key = await scene.keyMadeBy(one);
    const successor = named(run, "main");
    expect(await successor.up(registering(client)(scene))).toMatchObject({ did: "created" });
    expect(await resource.destroy()).toMatchObject({ did: "deleted" });
    expect(scene.registered()).toEqual(left);
    propagated(scene);
    expect(await scene.reads(client, key)).toBe(true);
    await run.close();
  });
});
