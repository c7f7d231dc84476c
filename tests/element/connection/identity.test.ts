import type { Lifecycle } from "../../../provider/core/lifecycle";
import { keyServerAttachment } from "../../../provider/systems/element/attachment/attachment";
import { keyPair } from "../../../provider/systems/element/key-pair/key-pair";
import { keyProvider } from "../../../provider/systems/element/key-provider/key-provider";
import { keyServer } from "../../../provider/systems/element/key-server/key-server";
import { masterKey } from "../../../provider/systems/element/master-key/master-key";
import { Resource, Run, runOn } from "../harness";
import { type Scene, SUBJECT } from "../stage";
import { useTheatre, writesOf } from "../table";

// biome-ignore lint/suspicious/noExplicitAny: one table over lifecycles of different inputs
type Any = Lifecycle<any, any>;
type Arguments = Record<string, unknown>;

const theatre = useTheatre();

/** First the arguments of a resource on the right cluster, then those of a change. */
const RESOURCES: [string, Any, (scene: Scene) => Promise<Arguments>, Arguments][] = [
  ["KeyPair", keyPair, async () => ({ subject: SUBJECT }), { subject: { commonName: "new" }, regenerate: "1" }],
  ["KeyServer", keyServer, (scene) => scene.keyServerArguments(), { hostnames: ["localhost"] }],
  ["KeyProvider", keyProvider, async () => ({ adopt: "1" }), { cluster: "renamed" }],
  ["KeyServerAttachment", keyServerAttachment, async () => ({ keyProvider: "1", keyServer: "1" }), { keyServer: "2" }],
  ["MasterKey", masterKey, async () => ({ keyProvider: "1", onDelete: "internal" }), { rotationTriggers: { a: "1" } }],
];

/** A key pair stays on its cluster anyway: its delete asks nobody. */
const STAYS = "KeyPair";

test.each(RESOURCES)(
  "%s: another cluster at the address is written nothing, and nothing leaves state",
  async (...row) => {
    const [type, lifecycle, argumentsOf, change] = row;
    const scene = await theatre.scene("attached");
    const right = runOn(scene);
    const resource = new Resource<object, object>(lifecycle, type, right);
    const args = await argumentsOf(scene);
    expect(await resource.up(args)).toMatchObject({ did: "created" });
    const state = structuredClone(resource.state);
    await right.close();

    await scene.cluster.mutate(({ identity }) => {
      identity.uniqueID = "zzzz";
    });
    const other = new Run({ default: scene.cluster, renamed: scene.cluster });
    const replaced = new Resource<object, object>(lifecycle, type, other);
    replaced.state = structuredClone(resource.state);
    const before = scene.cluster.calls().length;
    const refused = { failed: "EKM_CONNECTION_IDENTITY", message: expect.stringContaining("uniqueID zzzz") };
    expect(await replaced.refresh()).toMatchObject(refused);
    expect(await replaced.up({ ...args, ...change })).toMatchObject(refused);
    other.next();
    expect(await replaced.destroy()).toMatchObject(type === STAYS ? { did: "deleted" } : refused);
    expect(writesOf(scene, before)).toEqual([]);
    if (type !== STAYS) expect(replaced.state).toEqual(state);
    await other.close();
  },
);
