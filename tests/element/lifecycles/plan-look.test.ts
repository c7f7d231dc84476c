import type { Lifecycle } from "../../../provider/core/lifecycle";
import { hardwareEncryption } from "../../../provider/systems/element/hardware-encryption/hardware-encryption";
import { keyPair } from "../../../provider/systems/element/key-pair/key-pair";
import { masterKey } from "../../../provider/systems/element/master-key/master-key";
import { Resource, runOn } from "../harness";
import { SUBJECT } from "../stage";
import { useTheatre } from "../table";

const theatre = useTheatre();
const EKM = "ekm:element:ExternalKeyManagement$pulumi-nodejs:dynamic/ekm/";

const LOOKING: [string, unknown, object][] = [
  ["element:MasterKey", masterKey, { keyProvider: "1", onDelete: "internal" }],
  ["element:HardwareEncryption", hardwareEncryption, { encryptionAtRestState: "enabled", onDelete: "internal" }],
  [`${EKM}element:KeyPair`, keyPair, { subject: SUBJECT }],
];

/** A hundred new clusters that a reviewer's machine cannot reach would hold a preview up for a quarter of an hour. */
test.each(LOOKING)(
  "%s: a plan asks a cluster that is not there once, and goes on without",
  async (token, lifecycle, args) => {
    const scene = await theatre.scene("external");
    const run = runOn(scene);
    const resource = new Resource(lifecycle as Lifecycle<object, object>, token, run);
    scene.cluster.faults.add({ method: "GetAPI", action: { drop: true } });
    for (const _again of [1, 2]) expect(await resource.preview(args)).toEqual({ failures: [] });
    expect(scene.cluster.requests.filter(({ method }) => method === "GetAPI")).toHaveLength(1);

    // What is to be done there is tried as patiently as ever.
    scene.cluster.faults.clear();
    scene.cluster.faults.add({ method: "GetAPI", count: 2, action: { drop: true } });
    await run.cluster().clusterInfo();
    expect(scene.cluster.requests.filter(({ method }) => method === "GetAPI")).toHaveLength(4);
    await run.close();
  },
);
