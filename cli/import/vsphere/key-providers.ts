import { isDeepStrictEqual } from "node:util";
import { PULUMI_WORDS } from "../../../provider/adapters/pulumi/words";
import { reasonOf } from "../../../provider/core/lifecycle";
import { checkArguments } from "../../../provider/core/resource/description";
import { keyProviderResource } from "../../../provider/systems/vsphere/key-provider/resource";
import type { KeyServer } from "../../../provider/systems/vsphere/observed/key-providers";
import { fingerprintOf } from "../../../provider/systems/vsphere/observed/pins";
import {
  type KeyServerAddress,
  KMIP_PORT,
  PROXY_PORT,
  serverInWords,
  serverName,
} from "../../../provider/systems/vsphere/observed/servers";
import { trustedKeyProviderResource } from "../../../provider/systems/vsphere/trusted-key-provider/resource";
import { countOf } from "../../count";
import type { KeyProviderInventory } from "../../vsphere/inventory";
import { logicalNames } from "../names";
import type { Declaration } from "../plan";
import { joined, quoted, type Remark, remark } from "../remark";
import type { Properties } from "../value";
import type { DeclaredProvider, Draft } from "./draft";

/** Every key provider that a program can declare; the others are remarked upon, with what belongs to them. */
export function planKeyProviders(draft: Draft): DeclaredProvider[] {
  const { keyProviders } = draft.inventory;
  const named = keyProviders.map(({ name }, index) => ({ id: index + 1, name }));
  const names = logicalNames(named, "key-provider");
  return keyProviders.flatMap((provider, index) => {
    const declaration = planKeyProvider(provider, names.get(index + 1) ?? "", draft);
    return declaration === undefined ? [] : [{ provider, declaration }];
  });
}

const FAMILIES = {
  standard: { resource: "KeyProvider", description: keyProviderResource },
  trusted: { resource: "TrustedKeyProvider", description: trustedKeyProviderResource },
} as const;

function planKeyProvider(
  provider: KeyProviderInventory,
  logicalName: string,
  { vcenter, variables, remarks }: Draft,
): Declaration | undefined {
  const { name, family, servers } = provider;
  const { resource, description } = FAMILIES[family];
  const args = argumentsOf(provider);
  const obstacle = obstacleOf(provider) ?? complaintAbout(checkArguments(description, args));
  if (obstacle !== undefined) {
    remarks.push(
      joined(remark`Key provider ${quoted(name)} is left out, with all that belongs to it, because `, obstacle),
    );
    return undefined;
  }
  return {
    resource,
    variable: variables.name(logicalName, "Provider"),
    logicalName,
    args: { vcenter, ...args },
    description: remark`${quoted(name)}, ${countOf(servers.length, "key server")}, ${provider.health.health}`,
    remarks: remarksOn(provider),
  };
}

/** Why no program can declare a provider as it is. */
function obstacleOf({ servers }: KeyProviderInventory): Remark | undefined {
  const [first, ...others] = servers.map(accessOf);
  return others.every((other) => isDeepStrictEqual(other, first))
    ? undefined
    : remark`its servers are reached in different ways, and a program declares one way for all.`;
}

function complaintAbout([failure]: ReturnType<typeof checkArguments>): Remark | undefined {
  if (failure === undefined) return undefined;
  return failure.property === "trustedServers"
    ? remark`vCenter trusts no certificate of its servers, so that none can be pinned.`
    : remark`no program can declare it: ${failure.property} ${reasonOf(failure, PULUMI_WORDS)}.`;
}

function argumentsOf(provider: KeyProviderInventory) {
  const { name, family, trustAuthorityCluster, servers, primaryKey, description } = provider;
  const [first] = servers;
  return {
    ...(family === "trusted" ? { trustAuthorityCluster, primaryKeyID: primaryKey } : {}),
    name,
    servers: servers.map(addressOf),
    trustedServers: pinsOf(provider),
    ...(first === undefined ? {} : accessOf(first)),
    description: description || undefined,
    adopt: "match",
    ...(family === "trusted" ? { onDelete: "keep" } : {}),
  };
}

/** What vCenter trusts: what servers present besides is for a person to compare. */
const pinsOf = ({ trusted }: KeyProviderInventory): string[] => [
  ...new Set(trusted.map(fingerprintOf).filter((pin) => pin !== undefined)),
];

/** Without what it has by default. */
function addressOf(server: KeyServerAddress): Properties {
  const { name, hostname, port } = server;
  return {
    name: name === serverName({ hostname, port }) ? undefined : name,
    hostname,
    port: port === KMIP_PORT ? undefined : port,
  };
}

const accessOf = ({ userName: username, proxy, connectionTimeout }: KeyServer) => ({
  username,
  proxy: proxy && { hostname: proxy.hostname, port: proxy.port === PROXY_PORT ? undefined : proxy.port },
  connectionTimeout,
});

function remarksOn(provider: KeyProviderInventory): Remark[] {
  const { name, servers, presented } = provider;
  const pins = new Set(pinsOf(provider));
  const [{ userName } = {}] = servers;
  const ofServers = servers.flatMap((server) => {
    const { certificate, details = [] } = presented.find((each) => each.server === server.name) ?? {};
    const title = remark`Key server ${serverInWords(server)} of key provider ${quoted(name)} `;
    if (certificate === undefined) {
      const reason = details.length === 0 ? "" : ` (${details.join("; ")})`;
      return [
        joined(
          title,
          remark`could not be reached${reason}: pin the certificate that it presents before it comes back.`,
        ),
      ];
    }
    const fingerprint = fingerprintOf(certificate) ?? "unreadable";
    if (pins.has(fingerprint)) return [];
    return [
      joined(
        title,
        remark`presents a certificate that vCenter does not trust (SHA-256 ${fingerprint}): compare it with the key server's own and add it to trustedServers, or the first run fails.`,
      ),
    ];
  });
  if (userName === undefined) return ofServers;
  return [
    ...ofServers,
    remark`The password of ${quoted(userName)} at the key servers of ${quoted(name)} stays as it is, for vCenter tells it to nobody: give it as password, from a secret of the stack, before servers are added.`,
  ];
}
