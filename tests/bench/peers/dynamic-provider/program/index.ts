import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { Attachment } from "./attachment";
import { Certificate } from "./certificate";
import { KeyPair } from "./key-pair";
import { KeyProvider } from "./key-provider";
import { KeyServer } from "./key-server";
import { MasterKey } from "./master-key";

interface Cluster {
  name: string;
  endpoint: string;
  username: string;
  certificate: string;
}

const config = new pulumi.Config();
/** The engine gives a configuration to programs in one variable, which the certificates of a hundred clusters do not fit into. */
const clusters: Cluster[] = JSON.parse(readFileSync(join(__dirname, "clusters.json"), "utf8"));
const passwords = config.requireSecretObject<Record<string, string>>("passwords");
const keyServer = config.requireObject<{ host: string; port: number }>("keyServer");
const authorityCertificate = config.require("authorityCertificate");
const authorityPrivateKey = config.requireSecret("authorityPrivateKey");

for (const { name, ...cluster } of clusters) {
  const connection = { ...cluster, password: passwords.apply((all) => all[name] ?? "") };
  const keyPair = new KeyPair(name, { connection, commonName: name });
  const { certificate } = new Certificate(name, {
    request: keyPair.certificateSigningRequest,
    authorityCertificate,
    authorityPrivateKey,
  });
  const { keyServerID } = new KeyServer(name, {
    connection,
    host: keyServer.host,
    port: keyServer.port,
    caCertificate: authorityCertificate,
    clientCertificate: certificate,
  });
  const { keyProviderID } = new KeyProvider(name, { connection, name: "key provider" });
  const attachment = new Attachment(name, { connection, keyServerID, keyProviderID });
  new MasterKey(name, { connection, keyProviderID }, { dependsOn: attachment });
}
