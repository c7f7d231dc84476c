import { KmipClient } from "../../kmip";
import type { KeyProtectSimulator } from "../../simulator/keyprotect";
import type { Issued } from "./certificates";

/** A client at the KMIP port of a region, with a version agreed on. Throws where its certificate is not accepted. */
export async function clientAt(
  { kmipEndpoint, certificate: ca }: Pick<KeyProtectSimulator, "kmipEndpoint" | "certificate">,
  identity: Issued,
): Promise<KmipClient> {
  const [host = "", port] = kmipEndpoint.split(":");
  const client = await KmipClient.connect({ host, port: Number(port), ca, ...identity });
  try {
    await client.discoverVersions();
  } catch (error) {
    await client.close();
    throw error;
  }
  return client;
}

/** Makes a key as a client that encrypts data with it. */
export async function activeKey(client: KmipClient): Promise<string> {
  const uid = await client.create({ algorithm: "AES", length: 256 });
  await client.activate(uid);
  return uid;
}
