import type { Lifecycle } from "../../provider/core/lifecycle";
import { keyServerAttachment } from "../../provider/systems/element/attachment/attachment";
import { hardwareEncryption } from "../../provider/systems/element/hardware-encryption/hardware-encryption";
import { keyPair } from "../../provider/systems/element/key-pair/key-pair";
import { keyProvider } from "../../provider/systems/element/key-provider/key-provider";
import { keyServer } from "../../provider/systems/element/key-server/key-server";
import { masterKey } from "../../provider/systems/element/master-key/master-key";
import { Resource, runOn } from "../element/harness";
import type { Scene } from "../element/stage";
import { useTheatre } from "../element/table";

const theatre = useTheatre();

// biome-ignore lint/suspicious/noExplicitAny: each has arguments of its own
type Any = Lifecycle<any, any>;

type Adopting = [type: string, lifecycle: Any, args: (scene: Scene) => object | Promise<object>, says: string];

const held = { keyProvider: "1", adopt: "match" };

test.each<Adopting>([
  ["KeyPair", keyPair, () => ({ adopt: "match" }), "the key pair is taken over, and not made"],
  [
    "KeyServer",
    keyServer,
    async (scene) => ({ ...(await scene.keyServerArguments()), adopt: "1" }),
    "key server 1 is taken over, and not made",
  ],
  [
    "KeyProvider",
    keyProvider,
    () => ({ name: "by hand", adopt: "match" }),
    "the key provider that equals the declared one is taken over, and not made",
  ],
  [
    "KeyServerAttachment",
    keyServerAttachment,
    () => ({ keyProvider: "1", keyServer: "1", adopt: "match" }),
    "the attachment of key server 1 to key provider 1 is taken over, and not made",
  ],
  ["MasterKey", masterKey, () => held, "the key of key provider 1 is taken over"],
  [
    "HardwareEncryption",
    hardwareEncryption,
    () => ({ ...held, encryptionAtRestState: "enabled" }),
    "with its key held by key provider 1 is taken over",
  ],
])("the first preview of a %s that adopts says so, and no later one", async (type, lifecycle, args, says) => {
  const scene = await theatre.scene(type === "MasterKey" ? "external" : "encrypted");
  const run = runOn(scene);
  const resource = new Resource<object, object>(lifecycle, type, run);
  const inputs = await args(scene);
  const told = () => run.lines.filter(({ message }) => message.includes(says)).length;
  await resource.preview(inputs);
  expect(told()).toBe(1);
  await resource.up(inputs);
  const before = told();
  run.next();
  await resource.preview(inputs);
  expect(told()).toBe(before);
  await run.close();
});
