import { KeyManager, masterKeyOf, type Road, rekeysOf, Scenario, writesOn } from "./lab";

let keyManager: KeyManager;

beforeAll(async () => {
  keyManager = await KeyManager.start();
});
afterAll(() => keyManager.remove());

interface Wanted {
  internal?: boolean;
  regenerate?: string;
}

const COMPONENT = `
const { element, pki } = require("pulumi-ekm");
const { keyManager, authority } = require("./lab.json");
const { internal, regenerate } = require("./road.json");
new element.ExternalKeyManagement("storage", {
  keyServer: keyManager,
  regenerate,
  signer: (certificateSigningRequest) =>
    new pki.SignedCertificate("storage", {
      certificateSigningRequest,
      caCertificate: authority.certificate,
      caPrivateKey: authority.privateKey,
    }).certificate,
  masterKey: internal ? { keyManagementType: "internal" } : {},
});`;

const asRoad = ({ internal, regenerate }: Wanted): Road => ({ internal, args: { pair: { regenerate } } });
const asIs = (wanted: Wanted): Record<string, unknown> => ({ ...wanted });

it.each([
  { of: "single resources", program: undefined, declaration: asRoad },
  { of: "the component", program: COMPONENT, declaration: asIs },
])(
  "regenerates the key pair of $of in three steps, and refuses to do it in one",
  async ({ program, declaration }) => {
    const scenario = await Scenario.start({ keyManager, program });
    try {
      const { workspace, cluster } = scenario;
      const declare = (wanted: Wanted) => scenario.declare(declaration(wanted));
      declare({});
      await workspace.up();
      const first = cluster.state();

      declare({ regenerate: "2" });
      const refused = await workspace.preview({ expectFailure: true });
      expect(refused.stdout).toMatch(/property regenerate .*is active/s);

      declare({ internal: true });
      await workspace.up();
      expect(masterKeyOf(cluster)?.keyManagementType).toBe("internal");

      declare({ internal: true, regenerate: "2" });
      await workspace.up();
      expect(cluster.state().keyPair?.generation).toBe(2);
      expect(cluster.state().keyPair?.fingerprint256).not.toBe(first.keyPair?.fingerprint256);
      expect(cluster.state().keyServers[0]?.kmipClientCertificate).not.toBe(first.keyServers[0]?.kmipClientCertificate);

      declare({ regenerate: "2" });
      await workspace.up();
      expect(masterKeyOf(cluster)).toMatchObject({ keyManagementType: "external", keyProviderID: 1 });
      expect(rekeysOf(cluster)).toBe(3);
      expect(writesOn(cluster).filter((method) => method === "CreatePublicPrivateKeyPair")).toHaveLength(2);
      expect(keyManager.activeKeyIDs()).toEqual([masterKeyOf(cluster)?.keyID]);
      expect(await cluster.unwrapDataKey()).toBe(true);
      expect((await workspace.up()).steps).toEqual([]);
      await workspace.destroy();
    } finally {
      await scenario.end();
    }
  },
  120_000,
);
