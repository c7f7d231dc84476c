import { X509Certificate } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type KmipEndpoint, startKmipEndpoint } from "../../kmip";
import { admissionBy } from "../../kmip/admission";
import { operationsOf } from "../../kmip/operations";
import { IN_CLEAR, ObjectStore } from "../../kmip/store";
import { SUPPORTED_VERSIONS } from "../../kmip/versions";
import { type Issued, issue, makeAuthority } from "../kit/certificates";

/** Signs what servers present, and lets in whom it has signed. */
export const authority = makeAuthority();

const identities = ["one", "two", "three"].map((commonName) => issue(authority, { commonName, usage: "server" }));

/** A server, as providers name it and pin it. */
export interface KeyServerOfTests {
  hostname: string;
  port: number;
  certificate: string;
  fingerprint256: string;
}

/** Key servers that have all keys in common. They let in clients of the authority, and whoever was registered. */
export class KeyServers {
  private readonly registered = new Set<string>();

  private constructor(
    private readonly endpoints: KmipEndpoint[],
    private readonly store: ObjectStore,
    private readonly folder: string,
  ) {}

  static async start(): Promise<KeyServers> {
    const folder = mkdtempSync(join(tmpdir(), "vsphere-keys-"));
    const servers = new KeyServers([], new ObjectStore(folder), folder);
    for (const identity of identities) servers.endpoints.push(await servers.startAs(identity));
    return servers;
  }

  private startAs({ cert, key }: Issued): Promise<KmipEndpoint> {
    const tenant = {
      store: this.store,
      custody: IN_CLEAR,
      operations: operationsOf("full"),
      versions: SUPPORTED_VERSIONS,
      customAttributes: true,
    };
    const ofAuthority = admissionBy(authority.certificate, tenant);
    return startKmipEndpoint({
      cert,
      key,
      ca: authority.certificate,
      admit: (peer, now) =>
        peer.certificate !== undefined && this.registered.has(peer.certificate.fingerprint256)
          ? tenant
          : ofAuthority(peer, now),
    });
  }

  /** @param number from 0 */
  at(number: number): KeyServerOfTests {
    const [endpoint, identity] = [this.endpoints[number], identities[number]];
    if (endpoint === undefined || identity === undefined) throw new Error(`there is no key server ${number}`);
    const { fingerprint256 } = new X509Certificate(identity.cert);
    return { hostname: endpoint.host, port: endpoint.port, certificate: identity.cert, fingerprint256 };
  }

  /** Lets in whoever has the private key of a certificate. */
  register(pem: string): void {
    this.registered.add(new X509Certificate(pem).fingerprint256);
  }

  /** Lets nobody in any more but clients of the authority. */
  forgetRegistrations(): void {
    this.registered.clear();
  }

  /** Ids of the keys that there are. */
  keys(): string[] {
    return this.store.all().map(({ uid }) => uid);
  }

  async close(): Promise<void> {
    await Promise.all(this.endpoints.map((endpoint) => endpoint.close()));
    rmSync(this.folder, { recursive: true, force: true });
  }
}

let shared: Promise<KeyServers> | undefined;

/** Those of a test file: vCenters that are copies of one another know them by the same addresses. */
export const sharedKeyServers = (): Promise<KeyServers> => {
  shared ??= KeyServers.start();
  return shared;
};

export async function closeSharedKeyServers(): Promise<void> {
  await (await shared)?.close();
  shared = undefined;
}
