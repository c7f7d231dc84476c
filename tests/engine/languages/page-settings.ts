import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ClusterSimulator } from "../../../simulator";
import type { KeyManager } from "../acceptance/lab";

/** The commands of a page that make settings, with a lab's own values. */
export function settingsIn(script: string, cluster: ClusterSimulator, keyManager: KeyManager): string {
  const { hostnames, port } = keyManager.settings;
  return script
    .replace("https://storage.example.com", cluster.endpoint)
    .replace(".username admin", `.username ${cluster.username}`)
    .replace("AB:CD:…", cluster.fingerprint256)
    .replace(".password\n", `.password ${cluster.password}\n`)
    .replace("kms.example.com", String(hostnames[0]))
    .replace("keyServerPort 5696", `keyServerPort ${port}`);
}

/** The files of a page: who signs the key server's certificate, and the certificates of its clients. */
export function putAuthorities(folder: string, { settings, authority }: KeyManager): void {
  writeFileSync(join(folder, "key-server-ca.pem"), settings.caCertificate);
  writeFileSync(join(folder, "client-ca.pem"), authority.certificate);
  writeFileSync(join(folder, "client-ca.key"), authority.privateKey);
}
