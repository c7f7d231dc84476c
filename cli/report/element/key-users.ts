import type { KeyUser, ProtectingKey } from "../key-user";
import type { ClusterReport } from "../model";
import { keyServerInWords } from "../wording";
import type { ClusterFacts, HeldKey, KeyServerFacts } from "./facts";

/** The cluster at each of its key servers. */
export function keyUsersOn({ facts }: ClusterReport): KeyUser[] {
  if (facts === undefined) return [];
  return facts.keyServers.flatMap((server): KeyUser[] => {
    const { id, hostnames, port } = server;
    const certificate = facts.certificates.find(
      ({ purpose, keyServers }) => purpose === "client" && keyServers.includes(id),
    );
    if (certificate === undefined) return [];
    const { fingerprint256 } = certificate;
    const [system, client] = [`cluster "${facts.name}"`, keyServerInWords(server)];
    return [{ system, client, hostnames, port, fingerprint256, keys: keysAt(server, facts) }];
  });
}

const keysAt = ({ keyProvider }: KeyServerFacts, { keyProviders, ...facts }: ClusterFacts): ProtectingKey[] =>
  keyProviders.filter(({ id }) => id === keyProvider).flatMap(({ holds }) => holds.map((key) => KEYS[key](facts)));

type Encryption = Pick<ClusterFacts, "softwareEncryption" | "hardwareEncryption">;

const KEYS: Readonly<Record<HeldKey, (facts: Encryption) => ProtectingKey>> = {
  masterKey: ({ softwareEncryption }) => ({
    ...{ title: "master key", protects: "the data encryption keys" },
    keyID: softwareEncryption.masterKey?.keyID,
  }),
  hardwareEncryptionKey: ({ hardwareEncryption }) => ({
    ...{ title: "key of the drives", protects: "the encrypting drives" },
    keyID: hardwareEncryption.key?.keyID,
  }),
};
