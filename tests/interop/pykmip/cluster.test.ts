import { join } from "node:path";
import { issue } from "../../kit/certificates";
import { closeAfterTest, closeAll, temporaryFolder } from "../../simulator/cleanup";
import { call, completed, refusal } from "../../simulator/element/api-caller";
import { startCluster } from "../../simulator/element/clusters";
import { authority, connectKeyManager } from "../../simulator/element/key-managers";
import { pythonInterpreter } from "../python";
import { startPyKmipServer } from "./server";

beforeAll(() => pythonInterpreter(), 300_000);
afterEach(closeAll);

const rekey = "RekeySoftwareEncryptionAtRestMasterKey";

test("the cluster moves its master key to PyKMIP's server, rotates it there, and takes it back", async () => {
  const dir = await temporaryFolder();
  const identity = issue(authority, { commonName: "key server", usage: "server" });
  const server = await startPyKmipServer({ ...identity, ca: authority.certificate, dir });
  closeAfterTest(() => server.stop());
  const cluster = await startCluster({ stateDir: join(dir, "cluster") });
  await call(cluster, "CreatePublicPrivateKeyPair", { commonName: "cluster" });
  const { keyProviderID, keyServerID } = await connectKeyManager(cluster, { server, authority });
  expect(await call(cluster, "TestKeyServerKmip", { keyServerID })).toEqual({});

  const move = async (params: object) => {
    const { asyncHandle } = await call(cluster, rekey, params);
    expect((await completed(cluster, asyncHandle)).error).toBeUndefined();
    expect(await cluster.unwrapDataKey()).toBe(true);
    return (await call(cluster, "GetSoftwareEncryptionAtRestInfo")).masterKeyInfo?.keyID;
  };

  // PyKMIP knows no custom attributes: the key's own id is in its name.
  const first = await move({ keyManagementType: "external", keyProviderID });
  const key = { state: "ACTIVE", algorithm: "AES", length: 256 };
  expect(await server.objects()).toMatchObject([{ ...key, names: [`x-SolidFire-KeyID-${first}`] }]);
  const second = await move({});
  expect(await server.objects()).toMatchObject([{ ...key, names: [`x-SolidFire-KeyID-${second}`] }]);
  await move({ keyManagementType: "internal" });
  expect(await server.objects()).toEqual([]);

  await call(cluster, "CreatePublicPrivateKeyPair", {});
  expect((await refusal(cluster, "TestKeyServerKmip", { keyServerID })).name).toBe("xKmipAuthenticationFailure");
});
