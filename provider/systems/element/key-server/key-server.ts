import { wasRemoved } from "../../../connections/removal";
import { IncompleteError, inFull, isEkmError } from "../../../core/errors";
import { type Context, type Lifecycle, spelledAs } from "../../../core/lifecycle";
import { ObjectNotFoundError } from "../../../core/object-errors";
import { isNew, ownObject, resolveName } from "../../../core/ownership";
import { differences, info, warning } from "../../../core/plan";
import { withDefaults } from "../../../core/resource/description";
import { isUnknown } from "../../../core/unknown";
import {
  armoured,
  type CertificateDescription,
  describeCertificate,
  describeCertificates,
  describeKnown,
  sameCertificates,
  sameChains,
} from "../../../pki";
import { adoptedName, adoption } from "../adoption";
import type { Cluster } from "../api/cluster";
import { KMIP_PORT } from "../api/results";
import type { KeyServerKmip, KeyServerParams } from "../api/types";
import { checkCluster, exclusivelyOn, identify, identifyForRead } from "../cluster";
import { sameHostnames } from "../equality";
import { LEFTOVER_KINDS, noteCreation, removeLeftovers } from "../leftovers";
import { contacting, testFailure, testKeyServer } from "../observed/connectivity";
import { waitUntilInactive } from "../observed/key-providers";
import { examineKeyServer } from "../observed/key-server-arguments";
import { assertBelongsToCluster, findKeyServer, listKeyServers } from "../observed/key-servers";
import { element } from "../system";
import { type Address, addressInWords, assertKeysFollow, sameAddress } from "./address";
import { certificateOf, foreseenUpdate } from "./plan";
import { type CertificatesInWords, type KeyServerInputs, type KeyServerOutputs, keyServerResource } from "./resource";

const DELETE_DEADLINE_SECONDS = 600;

/** Said where keys may be on a server that is out of service: a node fetches them when it starts. */
const NO_RESTART = " Restart no node before: it could not unlock its data.";

export const keyServer: Lifecycle<KeyServerInputs, KeyServerOutputs> = {
  deleteWaits: true,

  async check(olds, news, context) {
    const inputs = { ...withDefaults(keyServerResource, news), ...resolveName(olds, news, context), tested: true };
    const { failures: ofArguments, lines } = examineKeyServer(olds, inputs, context.clock.now());
    const failures = [...checkCluster(inputs, context), ...ofArguments];
    if (failures.length > 0) return { inputs, failures, lines };
    const described = { ...inputs, ...certificatesInWords(inputs) };
    const certificate = isNew(olds) ? certificateOf(described) : undefined;
    if (certificate !== undefined) lines.push(info(certificate));
    return { inputs: described, failures, lines: [...lines, ...adoption(adoptedName("key server", news), olds, news)] };
  },

  async diff(id, olds, news, context) {
    if (await wasRemoved(element, olds, (cluster) => findKeyServer(cluster, Number(id)), context)) {
      return { differing: ["name"], replaces: ["name"], lines: [] };
    }
    const patch = patchFor(olds, news);
    const others = differences({ tested: !olds.tested, cluster: olds.cluster !== news.cluster });
    return { differing: [...others, ...argumentsIn(patch)], lines: foreseenUpdate(olds, news, patch) };
  },

  async create(inputs, context) {
    const { cluster, identity } = await identify(context, inputs.cluster);
    const server = await exclusivelyOn(cluster, context, async () => {
      const servers = await listKeyServers(cluster);
      const candidates = servers.map((server) => ({
        id: server.keyServerID,
        name: server.kmipKeyServerName,
        equal: Object.keys(patchFor(observed(server), inputs)).length === 0,
      }));
      const own = ownObject("key server", cluster.place, inputs, candidates, context);
      const found = servers.find(({ keyServerID }) => keyServerID === own);
      if (found === undefined) return createOn(cluster, inputs, context);
      return synchronise(cluster, found, inputs, observed(found), context);
    });
    const outputs = await tested(cluster, { ...inputs, ...describe(server), ...identity, tested: true }, context);
    return { id: String(server.keyServerID), outputs };
  },

  async read(id, state, context) {
    const { cluster, identity } = await identifyForRead(context, state);
    const server = await findKeyServer(cluster, Number(id));
    if (server === undefined) return undefined;
    const { keyServerID: _recorded, stateVersion, clusterUniqueID, tlsVerification, ...inputs } = state;
    const { keyServerID } = server;
    const seen = observed(server);
    const current = {
      ...inputs,
      ...wordsIfReadable(seen),
      cluster: cluster.name,
      name: seen.name,
      hostnames: spelledAs(inputs.hostnames, seen.hostnames, sameHostnames),
      port: inputs.port === undefined && seen.port === KMIP_PORT ? undefined : seen.port,
      caCertificate: spelledAs(inputs.caCertificate, seen.caCertificate, sameCertificates),
      clientCertificate: spelledAs(inputs.clientCertificate, seen.clientCertificate, sameChains),
    };
    const failure = await testFailure(testServer(cluster, { ...current, keyServerID }));
    const lines =
      failure === undefined
        ? []
        : [warning((words) => `${inFull(failure, words)}${server.keyProviderID === null ? "" : NO_RESTART}`)];
    const tested = failure === undefined;
    return { id, inputs: { ...current, tested }, outputs: { ...current, ...identity, keyServerID, tested }, lines };
  },

  async update(id, olds, news, context) {
    const { cluster, identity } = await identify(context, news.cluster, olds);
    const server = await findKeyServer(cluster, Number(id));
    if (server === undefined) throw gone(cluster, id, context);
    const updated = await synchronise(cluster, server, news, olds, context);
    return tested(cluster, { ...news, ...describe(updated), ...identity, tested: true }, context);
  },

  async delete(id, state, context) {
    const { cluster } = await identify(context, state.cluster, state);
    await removeLeftovers(cluster, state, context);
    const server = await findKeyServer(cluster, Number(id));
    if (server === undefined) return;
    if (server.keyProviderID !== null) {
      const attempt = `deleting key server ${id} "${server.kmipKeyServerName}"`;
      const deadline = context.deadlineSeconds ?? DELETE_DEADLINE_SECONDS;
      await waitUntilInactive(cluster, server.keyProviderID, attempt, deadline, context);
    }
    await exclusivelyOn(cluster, context, async () => {
      if ((await findKeyServer(cluster, Number(id))) === undefined) return;
      await cluster.call("DeleteKeyServerKmip", { keyServerID: Number(id) });
    });
  },
};

/** The arguments that the cluster keeps, by the names that its API has for them. */
const ARGUMENT_OF = {
  kmipKeyServerName: "name",
  kmipKeyServerHostnames: "hostnames",
  kmipKeyServerPort: "port",
  kmipCaCertificate: "caCertificate",
  kmipClientCertificate: "clientCertificate",
} as const satisfies Record<keyof KeyServerParams, keyof KeyServerInputs>;

type ServerFields = Pick<KeyServerInputs, (typeof ARGUMENT_OF)[keyof KeyServerParams]>;

/** Certificates have armour, also where the cluster shows them without, as in the examples of the API reference. */
const observed = (server: KeyServerKmip): ServerFields & { name: string } => ({
  name: server.kmipKeyServerName,
  hostnames: server.kmipKeyServerHostnames,
  port: server.kmipKeyServerPort,
  caCertificate: armoured("CERTIFICATE", server.kmipCaCertificate),
  clientCertificate: armoured("CERTIFICATE", server.kmipClientCertificate),
});

/** The fields that differ in meaning, as ModifyKeyServerKmip takes them: unchanged ones would make it contact the server for nothing. */
function patchFor(current: ServerFields, wanted: ServerFields): Partial<KeyServerParams> {
  const patch: Partial<KeyServerParams> = {};
  const differs = <T>(a: T, b: T, same: (a: T, b: T) => boolean) => isUnknown(b) || !same(a, b);
  if (wanted.name !== undefined && wanted.name !== current.name) patch.kmipKeyServerName = wanted.name;
  if (differs(current.hostnames, wanted.hostnames, sameHosts)) patch.kmipKeyServerHostnames = wanted.hostnames;
  if ((wanted.port ?? KMIP_PORT) !== (current.port ?? KMIP_PORT)) patch.kmipKeyServerPort = wanted.port ?? KMIP_PORT;
  if (differs(current.caCertificate, wanted.caCertificate, sameCertificates)) {
    patch.kmipCaCertificate = wanted.caCertificate;
  }
  if (differs(current.clientCertificate, wanted.clientCertificate, sameChains)) {
    patch.kmipClientCertificate = wanted.clientCertificate;
  }
  return patch;
}

/** The arguments that a patch sets. */
const argumentsIn = (patch: Partial<KeyServerParams>): string[] =>
  Object.keys(patch).map((member) => ARGUMENT_OF[member as keyof KeyServerParams]);

/** A list may hold unknown values, or be unknown as a whole. */
const sameHosts = (a: string[], b: string[]): boolean => !b.some(isUnknown) && sameHostnames(a, b);

async function createOn(cluster: Cluster, inputs: KeyServerInputs, context: Context): Promise<KeyServerKmip> {
  const name = inputs.name ?? context.self.name;
  await assertBelongsToCluster(cluster, inputs.clientCertificate, `creating key server "${name}"`);
  await noteCreation(cluster, { kind: LEFTOVER_KINDS.keyServer, name: inputs.autoName }, context);
  const { kmipKeyServer } = await cluster.call("CreateKeyServerKmip", {
    kmipKeyServerName: name,
    kmipKeyServerHostnames: inputs.hostnames,
    kmipKeyServerPort: inputs.port ?? KMIP_PORT,
    kmipCaCertificate: inputs.caCertificate,
    kmipClientCertificate: inputs.clientCertificate,
  });
  return kmipKeyServer;
}

/**
 * Changes the fields that differ. Where the address is another than the former one, it looks whether the keys can still
 * be had, also where an earlier run was cut off after the change.
 */
async function synchronise(
  cluster: Cluster,
  server: KeyServerKmip,
  inputs: KeyServerInputs,
  former: Address,
  context: Context,
): Promise<KeyServerKmip> {
  const changed = await modified(cluster, server, inputs);
  if (!sameAddress(former, inputs)) await assertKeysFollow(cluster, changed, former, context);
  return changed;
}

/** The cluster contacts the key server for a change, and changes nothing when that fails. */
async function modified(cluster: Cluster, server: KeyServerKmip, inputs: KeyServerInputs): Promise<KeyServerKmip> {
  const patch = patchFor(observed(server), inputs);
  if (Object.keys(patch).length === 0) return server;
  const attempt = `modifying key server ${server.keyServerID} "${server.kmipKeyServerName}"`;
  if (patch.kmipClientCertificate !== undefined) {
    await assertBelongsToCluster(cluster, patch.kmipClientCertificate, attempt);
  }
  const { kmipKeyServer } = await contacting(cluster, attempt, () =>
    cluster.call("ModifyKeyServerKmip", { keyServerID: server.keyServerID, ...patch }),
  );
  return kmipKeyServer;
}

const describe = (server: KeyServerKmip) => ({
  keyServerID: server.keyServerID,
  name: server.kmipKeyServerName,
  ...certificatesInWords(observed(server)),
});

/** Of checked certificates; each is unknown as long as its text is. */
const certificatesInWords = ({ clientCertificate, caCertificate }: ServerFields): CertificatesInWords => ({
  clientCertificateDescription: describeKnown(clientCertificate, describeCertificate),
  // Unknown would announce issuers where there are to be none.
  clientCertificateIssuerDescriptions: isUnknown(clientCertificate) ? undefined : describeIssuers(clientCertificate),
  caCertificateDescriptions: describeKnown(caCertificate, describeCertificates),
});

/** A stored text may be no certificate. Its description is then missing, and the next update mends it. */
const wordsIfReadable = ({ clientCertificate, caCertificate }: ServerFields): Partial<CertificatesInWords> => ({
  clientCertificateDescription: ifReadable(clientCertificate, describeCertificate),
  clientCertificateIssuerDescriptions: ifReadable(clientCertificate, describeIssuers),
  caCertificateDescriptions: ifReadable(caCertificate, describeCertificates),
});

function describeIssuers(chain: string): CertificateDescription[] | undefined {
  const [, ...issuers] = describeCertificates(chain);
  return issuers.length === 0 ? undefined : issuers;
}

function ifReadable<T>(pem: string, describe: (pem: string) => T): T | undefined {
  try {
    return describe(pem);
  } catch (error) {
    if (isEkmError(error)) return undefined;
    throw error;
  }
}

/** An untested server stays in state: the next run tries again. */
async function tested(cluster: Cluster, outputs: KeyServerOutputs, context: Context): Promise<KeyServerOutputs> {
  context.log.progress(`testing the connection to ${outputs.hostnames.join(", ")}`);
  try {
    await testServer(cluster, outputs);
    return outputs;
  } catch (error) {
    throw new IncompleteError(String(outputs.keyServerID), { ...outputs, tested: false }, error as Error);
  }
}

type Tested = Pick<KeyServerOutputs, "keyServerID" | "name"> & Address;

const testServer = (cluster: Cluster, { keyServerID, name, ...address }: Tested): Promise<void> =>
  testKeyServer(cluster, keyServerID, `testing key server ${keyServerID} "${name}" (${addressInWords(address)})`);

const gone = (cluster: Cluster, id: string, context: Context) =>
  new ObjectNotFoundError({
    attempt: `updating key server ${id} "${context.self.name}"`,
    place: cluster.place,
    reason: "the cluster has no key server of this id any more",
    wayOut: ({ refreshAndApply }) => `run ${refreshAndApply}: it is created anew`,
  });
