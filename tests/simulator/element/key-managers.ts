import { execFileSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type KmipServer, type KmipServerOptions, startKmipServer } from "../../../kmip";
import { type Authority, issue, makeAuthority } from "../../kit/certificates";
import { closeAfterTest, temporaryFolder } from "../cleanup";
import type { Target } from "../https-caller";
import { call } from "./api-caller";

export interface KeyManager {
  server: KmipServer;
  authority: Authority;
  /** PEM of the server's certificate. */
  certificate: string;
}

/** One authority and one server certificate serve all tests of a file. */
export const authority = makeAuthority();
const identity = issue(authority, { commonName: "key-manager", usage: "server" });

/** A KMIP server whose authority also signs the cluster's certificate. */
export async function startKeyManager(
  options: Pick<Partial<KmipServerOptions>, "customAttributes" | "operations" | "port" | "stateDir"> = {},
): Promise<KeyManager> {
  const server = await startKmipServer({
    stateDir: await temporaryFolder(),
    ...options,
    ...identity,
    ca: authority.certificate,
  });
  closeAfterTest(() => server.close());
  return { server, authority, certificate: identity.cert };
}

/** A client certificate for the key pair that the cluster has, made from its request by openssl. */
export async function certifyCluster(
  cluster: Target,
  { certificate, privateKey }: Authority,
  days = 90,
): Promise<string> {
  const folder = await temporaryFolder();
  const { clientCertificateSignRequest } = await call(cluster, "GetClientCertificateSignRequest");
  await writeFile(join(folder, "ca.pem"), certificate);
  await writeFile(join(folder, "ca.key"), privateKey);
  const signing = ["x509", "-req", "-CA", "ca.pem", "-CAkey", "ca.key", "-copy_extensions", "copy", "-days", `${days}`];
  return execFileSync("openssl", signing, {
    cwd: folder,
    input: clientCertificateSignRequest,
    encoding: "utf8",
    stdio: ["pipe", "pipe", "ignore"],
  });
}

/** Key server, provider and assignment: the guide's steps up to the rekey. */
export async function connectKeyManager(
  cluster: Target,
  { server, authority }: { server: { port: number }; authority: Authority },
  days?: number,
) {
  const { kmipKeyServer } = await call(cluster, "CreateKeyServerKmip", {
    kmipCaCertificate: authority.certificate,
    kmipClientCertificate: await certifyCluster(cluster, authority, days),
    kmipKeyServerHostnames: ["127.0.0.1"],
    kmipKeyServerName: "eks",
    kmipKeyServerPort: server.port,
  });
  const { kmipKeyProvider } = await call(cluster, "CreateKeyProviderKmip", { keyProviderName: "provider" });
  const ids = { keyProviderID: kmipKeyProvider.keyProviderID, keyServerID: kmipKeyServer.keyServerID };
  await call(cluster, "AddKeyServerToProviderKmip", ids);
  return ids;
}
