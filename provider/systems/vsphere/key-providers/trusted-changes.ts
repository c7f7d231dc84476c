import { ApiVersionError } from "../../../connections/api-version";
import type { KeyServerSpec, KmsProviderUpdateSpec } from "../api/types";
import type { Vcenter } from "../api/vcenter";
import type { KeyProvider } from "../observed/key-providers";
import type { KeyProviderChanges } from "./changes";

/**
 * Writes to the key providers of a Trust Authority Cluster.
 *
 * @param cluster its managed object ID
 */
export function trustedChanges(vcenter: Vcenter, cluster: string): KeyProviderChanges {
  const of = (provider: string) => ({ cluster, provider });
  const setPassword = async (name: string, password: string | undefined) => {
    if (password !== undefined) await vcenter.call("setKmsCredential", { ...of(name), password });
  };
  return {
    async create(provider, password) {
      const { name, primaryKey = "" } = provider;
      const spec = { provider: name, master_key_id: primaryKey, key_server: keyServerOf(provider) };
      await vcenter.call("createKmsProvider", { cluster, spec });
      await setPassword(name, password);
    },
    async update(found, wanted, password) {
      const spec = changesOf(found, wanted);
      if (Object.keys(spec).length > 0) await vcenter.call("updateKmsProvider", { ...of(found.name), spec });
      await setPassword(found.name, password);
    },
    async remove(name) {
      await vcenter.call("deleteKmsProvider", of(name));
    },
    async trust(name, certificates) {
      await vcenter.call("updateTrustedPeerCerts", { ...of(name), certificates: [...certificates] });
    },
    async generateCertificate(name) {
      await vcenter.call("createKmsClientCertificate", of(name));
      return (await vcenter.call("getKmsClientCertificate", of(name))).certificate;
    },
    async useGenerated() {
      // It is in use since it was made.
    },
    async requestSigning(name, subject) {
      if (subject !== undefined) throw noSubject(vcenter);
      await vcenter.call("createKmsCsr", of(name));
      return (await vcenter.call("getKmsCsr", of(name))).csr;
    },
    async useSigned(name, certificate) {
      await vcenter.call("updateKmsClientCertificate", { ...of(name), certificate });
    },
    async useKeyPair(name, certificate, privateKey) {
      await vcenter.call("updateKmsClientCertificate", { ...of(name), certificate, private_key: privateKey });
    },
  };
}

/** All servers of a provider are reached in the same way: the first one tells it. */
function keyServerOf({ description, servers }: KeyProvider): KeyServerSpec {
  const [{ userName: username, proxy, connectionTimeout } = {}] = servers;
  return {
    type: "KMIP",
    description,
    proxy_server: proxy,
    connection_timeout: connectionTimeout,
    kmip_server: {
      servers: servers.map(({ name, hostname, port }) => ({ name, address: { hostname, port } })),
      username,
    },
  };
}

/** Left out, a member stays as it is; whatever is sent of a key server has its type with it. */
function changesOf(found: KeyProvider, wanted: KeyProvider): KmsProviderUpdateSpec {
  const { type, ...before } = keyServerOf(found);
  const { type: _, description = before.description && "", ...others } = keyServerOf(wanted);
  const after = { ...others, description };
  const members = (Object.keys(after) as (keyof typeof after)[]).filter(
    (member) => after[member] !== undefined && JSON.stringify(after[member]) !== JSON.stringify(before[member]),
  );
  const changed = Object.fromEntries(members.map((member) => [member, after[member]]));
  return {
    ...(wanted.primaryKey === undefined || wanted.primaryKey === found.primaryKey
      ? {}
      : { master_key_id: wanted.primaryKey }),
    ...(members.length === 0 ? {} : { key_server: { type, ...changed } }),
  };
}

const noSubject = ({ place }: Vcenter): ApiVersionError =>
  new ApiVersionError({
    attempt: "calling createKmsCsr",
    place,
    reason: "no version of vSphere Trust Authority takes a subject for its requests",
    wayOut: "leave the subject out: whoever signs the request may give the certificate another one",
  });
