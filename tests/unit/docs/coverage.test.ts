import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Lifecycle } from "../../../provider/core/lifecycle";
import { METHODS } from "../../../provider/systems/element/api/methods";
import type { Method } from "../../../provider/systems/element/api/types";
import { type ResourceToken, registry } from "../../../provider/systems/registry";
import { element } from "../../../sdk";
import { CONNECTING, NOT_USED } from "../../../tools/docs/coverage";
import { declaredMethods } from "../../../tools/docs/declared-methods";
import { pages } from "../../../tools/docs/pages";
import { projectRoot } from "../../../tools/engine/paths";
import { methodsOf, recordCalls } from "../element/calls";
import { Resource, runOn } from "../element/harness";
import { PASSWORD, type Scene, type Stage } from "../element/stage";
import { useTheatre } from "../element/table";

test.each(Object.entries(pages()))('docs/%s is what "npm run generate" makes', (name, content) => {
  expect(readFileSync(join(projectRoot, "docs", name), "utf8")).toBe(content);
});

test("every method is used or excused, and none is both", () => {
  const used = new Set<string>([...CONNECTING, ...[...declaredMethods().values()].flat()]);
  expect(Object.keys(METHODS).filter((method) => !used.has(method) && !Object.hasOwn(NOT_USED, method))).toEqual([]);
  expect(Object.keys(NOT_USED).filter((method) => used.has(method))).toEqual([]);
});

type Driven = Resource<object, object>;
type Arguments = Parameters<Driven["up"]>[0];
type Act = (resource: Driven, scene: Scene, up: (args: object) => Promise<void>) => Promise<unknown>;

/** What a resource is taken through, so that it calls all that it ever calls: the simulator's API is new, or old. */
const ACTS: Partial<Record<ResourceToken, [stage: Stage, act: Act, apiVersion?: string][]>> = {
  "element:KeyPair": [["bare", (_resource, _scene, up) => up({ subject: { commonName: "a" } })]],
  "element:CertificateSigningRequest": [
    ["paired", (_resource, _scene, up) => up({ publicKeyFingerprint: "00".repeat(32) })],
  ],
  "element:KeyServer": [
    [
      "external",
      async (resource, scene, up) => {
        const args = await scene.keyServerArguments();
        await up({ ...args, name: "another" });
        await up({ ...args, name: "renamed" });
        await resource.destroy();
        await up({ ...args, adopt: "1" });
        await up({ ...args, hostnames: [...args.hostnames, "another-node"] });
        await resource.destroy();
      },
    ],
    [
      "encrypted",
      async (resource, scene, up) => {
        await up({ ...(await scene.keyServerArguments()), adopt: "1" });
        await resource.destroy();
      },
      "12.0",
    ],
  ],
  "element:KeyProvider": [
    [
      "external",
      async (resource, _scene, up) => {
        await up({});
        await resource.destroy();
        await up({ adopt: "1" });
        await resource.destroy();
      },
    ],
    [
      "encrypted",
      async (resource, _scene, up) => {
        await up({ adopt: "1" });
        await resource.destroy();
      },
      "12.0",
    ],
  ],
  "element:KeyServerAttachment": [
    [
      "external",
      async (resource, scene, up) => {
        await up({ keyProvider: "1", keyServer: "1" });
        await resource.destroy();
        await scene.rekeyByHand({ keyManagementType: "Internal" });
        await resource.destroy();
        await up({ keyProvider: "1", keyServer: "1" });
      },
    ],
    [
      "encrypted",
      async (resource, _scene, up) => {
        await up({ keyProvider: "1", keyServer: "1" });
        await resource.destroy();
      },
      "12.0",
    ],
  ],
  "element:MasterKey": [
    [
      "attached",
      async (resource, _scene, up) => {
        await up({ keyProvider: "1" });
        await resource.refresh();
      },
    ],
  ],
  "element:HardwareEncryption": [
    [
      "attached",
      async (resource, _scene, up) => {
        await up({ keyProvider: "1", encryptionAtRestState: "enabled" });
        await resource.destroy();
      },
    ],
    ["encrypted", (_resource, _scene, up) => up({ keyProvider: "1", encryptionAtRestState: "enabled" }), "12.0"],
  ],
  "element:DriveRecovery": [
    [
      "external",
      async (_resource, { cluster }, up) => {
        cluster.switches.driveRecoverySeconds = 0;
        await cluster.mutate(({ drives: [drive] }) => Object.assign(drive ?? {}, { status: "available" }));
        await up({ drives: [1] });
      },
    ],
  ],
  "element:Fleet": [],
};

const theatre = useTheatre();

test("the calls of every resource are measured", () => {
  const onClusters = Object.keys(registry).filter((token) => token.startsWith("element:"));
  expect(Object.keys(ACTS).sort()).toEqual(onClusters.sort());
});

test.each(Object.entries(ACTS))("%s calls what its doc comment declares, and nothing else", async (token, acts) => {
  const type = token.replace("element:", "");
  const lifecycle = registry[token as ResourceToken].lifecycle as unknown as Lifecycle<object, object>;
  const called: Method[] = [];
  for (const [stage, act, apiVersion = "12.3"] of acts) {
    const scene = await theatre.scene(stage, { apiVersion, faultCacheSeconds: 0 });
    const run = runOn(scene);
    const resource = new Resource<object, object>(lifecycle, type, run);
    const calls = recordCalls();
    await act(resource, scene, async (args) => {
      expect(await resource.up(args as Arguments)).toHaveProperty("did");
      run.next();
    });
    called.push(...calls());
    await run.close();
  }
  expect(new Set([...called, ...CONNECTING])).toEqual(new Set(methodsOf(type)));
});

const LOOKUPS = Object.entries(element).filter(([name]) => /^get\w+(?<!Output)$/.test(name));

test.each(LOOKUPS)("%s calls what its doc comment declares, and nothing else", async (name, look) => {
  const called: Method[] = [];
  for (const apiVersion of ["12.3", "12.0"]) {
    const { cluster } = await theatre.scene("encrypted", { apiVersion });
    const { endpoint, username, fingerprint256 } = cluster;
    const calls = recordCalls();
    await (look as typeof element.getKeyServers)({
      connection: { endpoint, username, password: PASSWORD, fingerprint256 },
    });
    called.push(...calls());
  }
  expect(new Set([...called, ...CONNECTING])).toEqual(new Set(methodsOf(name)));
});
