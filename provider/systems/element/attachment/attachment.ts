import { IncompleteError } from "../../../core/errors";
import { type Context, driftMark, type Lifecycle } from "../../../core/lifecycle";
import { ObjectNotFoundError } from "../../../core/object-errors";
import { differences } from "../../../core/plan";
import { withDefaults } from "../../../core/resource/description";
import { adoption } from "../adoption";
import type { Cluster } from "../api/cluster";
import { ElementApiError } from "../api/errors";
import type { KeyServerKmip } from "../api/types";
import { exclusivelyOn, identify, identifyForRead } from "../cluster";
import { ProviderActiveError, ServerAttachedElsewhereError, UndeclaredKeyServerError } from "../errors";
import { contacting, testFailure, testKeyProvider } from "../observed/connectivity";
import { activeReason, findKeyProvider, waitUntilInactive } from "../observed/key-providers";
import { findKeyServer, listKeyServers } from "../observed/key-servers";
import { attachmentOf } from "../singletons";
import { checkAttachment } from "./check";
import { othersOf, sameServers, undeclared } from "./ends";
import { attachmentInWords, foreseenUpdate } from "./plan";
import { attachmentResource, type KeyServerAttachmentInputs, type KeyServerAttachmentOutputs } from "./resource";

const DELETE_DEADLINE_SECONDS = 600;

export const keyServerAttachment: Lifecycle<KeyServerAttachmentInputs, KeyServerAttachmentOutputs> = {
  deleteWaits: true,

  async check(olds, news, context) {
    const inputs = { ...withDefaults(attachmentResource, news), tested: true };
    const { failures, lines } = await checkAttachment(olds, inputs, context);
    const adopted = failures.length === 0 ? adoption(attachmentInWords(inputs), olds, inputs) : [];
    return { inputs, failures, lines: [...lines, ...adopted] };
  },

  async diff(_id, olds, news, context) {
    attachmentOf(olds).recognise(olds, news, context);
    const differing = differences({
      tested: !olds.tested,
      cluster: olds.cluster !== news.cluster,
      keyProvider: olds.keyProvider !== news.keyProvider,
      keyServer: olds.keyServer !== news.keyServer,
      otherKeyServers: undeclared(olds.otherKeyServers, news.otherKeyServers).length > 0,
    });
    return { differing, lines: foreseenUpdate(olds, news) };
  },

  async create(inputs, context) {
    const { cluster, identity } = await identify(context, inputs.cluster);
    attachmentOf(inputs).assertDeclaredOnce(cluster.place, identity, context);
    if (inputs.adopt === undefined) await exclusivelyOn(cluster, context, () => attach(cluster, inputs, refuse));
    else await assertAttached(cluster, inputs);
    const outputs = { ...inputs, ...identity, tested: true };
    return { id: inputs.keyServer, outputs: await tested(cluster, inputs.keyServer, outputs) };
  },

  async read(id, state, context) {
    const { cluster, identity } = await identifyForRead(context, state);
    const { keyServer = id } = state;
    const servers = await listKeyServers(cluster);
    const server = servers.find(({ keyServerID }) => keyServerID === Number(keyServer));
    if (server === undefined || server.keyProviderID === null) return undefined;
    const { stateVersion, clusterUniqueID, tlsVerification, ...inputs } = state;
    const keyProvider = String(server.keyProviderID);
    const isMoved = state.keyProvider !== undefined && keyProvider !== state.keyProvider;
    const others = othersOf(servers, { keyServer, keyProvider }).map(({ keyServerID }) => String(keyServerID));
    const current = {
      ...inputs,
      cluster: cluster.name,
      keyServer,
      keyProvider,
      keyProviderName: isMoved ? undefined : inputs.keyProviderName,
      otherKeyServers: sameServers(inputs.otherKeyServers, others) ? inputs.otherKeyServers : others,
      ...driftMark(inputs, isMoved),
      tested: inputs.tested ?? (await testFailure(testKeyProvider(cluster, server.keyProviderID))) === undefined,
    };
    return { id, inputs: current, outputs: { ...current, ...identity } };
  },

  async update(id, olds, news, context) {
    const { cluster, identity } = await identify(context, news.cluster, olds);
    attachmentOf(news).assertDeclaredOnce(cluster.place, identity, context);
    if (olds.keyServer !== news.keyServer) await detach(cluster, olds, 0, context);
    await exclusivelyOn(cluster, context, () =>
      attach(cluster, news, (server, attempt) => release(cluster, server, attempt, context)),
    );
    return tested(cluster, id, { ...news, ...identity, tested: true });
  },

  async delete(_id, state, context) {
    if (attachmentOf(state).isHandedOver(state, context)) {
      context.log.info(`key server ${state.keyServer} stays attached: another resource of this program declares it`);
      return;
    }
    const { cluster } = await identify(context, state.cluster, state);
    await detach(cluster, state, context.deadlineSeconds ?? DELETE_DEADLINE_SECONDS, context);
  },
};

/** What to do with a server that another provider has. */
type FromOther = (server: KeyServerKmip, attempt: string, cluster: Cluster) => Promise<void>;

/** Attaches a server that is not attached to this provider yet. */
async function attach(cluster: Cluster, inputs: KeyServerAttachmentInputs, fromOther: FromOther): Promise<void> {
  const attempt = `attaching key server ${inputs.keyServer} to key provider ${inputs.keyProvider}`;
  const [keyServerID, keyProviderID] = [Number(inputs.keyServer), Number(inputs.keyProvider)];
  const servers = await listKeyServers(cluster);
  const server = servers.find((each) => each.keyServerID === keyServerID);
  if (server === undefined) throw missing(attempt, cluster, `there is no key server ${keyServerID}`);
  assertOthersDeclared(servers, inputs, attempt, cluster);
  if (server.keyProviderID === keyProviderID) return;
  if (server.keyProviderID !== null) await fromOther(server, attempt, cluster);
  try {
    await contacting(cluster, attempt, () =>
      cluster.call("AddKeyServerToProviderKmip", { keyProviderID, keyServerID }),
    );
  } catch (error) {
    // Somebody may have deleted the provider that state knows of. A look is worth its time only after a refusal.
    if (!(error instanceof ElementApiError) || (await findKeyProvider(cluster, keyProviderID))) throw error;
    throw missing(attempt, cluster, `there is no key provider ${keyProviderID}`);
  }
}

/** An attachment that is taken over was made by somebody else: none is made here. */
async function assertAttached(cluster: Cluster, inputs: KeyServerAttachmentInputs): Promise<void> {
  const { keyServer, keyProvider } = inputs;
  const attempt = `adopting the attachment of key server ${keyServer} to key provider ${keyProvider}`;
  const servers = await listKeyServers(cluster);
  const server = servers.find(({ keyServerID }) => keyServerID === Number(keyServer));
  if (server?.keyProviderID === Number(keyProvider)) return assertOthersDeclared(servers, inputs, attempt, cluster);
  throw new ObjectNotFoundError({
    attempt,
    place: cluster.place,
    reason:
      server === undefined
        ? `there is no key server ${keyServer}`
        : `key server ${keyServer} belongs to key provider ${server.keyProviderID ?? "none"}`,
    wayOut: "declare what the cluster has, or leave adopt out, and the server is attached",
  });
}

/** A server that nobody declares gets copies of new keys. */
function assertOthersDeclared(
  servers: KeyServerKmip[],
  inputs: KeyServerAttachmentInputs,
  attempt: string,
  cluster: Cluster,
): void {
  const others = othersOf(servers, inputs);
  const [first] = undeclared(
    others.map(({ keyServerID }) => String(keyServerID)),
    inputs.otherKeyServers,
  );
  if (first === undefined) return;
  const other = others.find(({ keyServerID }) => String(keyServerID) === first);
  throw new UndeclaredKeyServerError({
    attempt,
    place: cluster.place,
    reason: `the provider also has key server ${first} "${other?.kmipKeyServerName}", which otherKeyServers does not name`,
    wayOut: `find out who added it and what for: new keys are made there as well; then remove it from the provider (RemoveKeyServerFromProviderKmip), or name "${first}" in otherKeyServers if it is to stay`,
  });
}

/** A new attachment takes no server away. */
const refuse: FromOther = async ({ keyServerID, keyProviderID }, attempt, cluster) => {
  throw new ServerAttachedElsewhereError({
    attempt,
    place: cluster.place,
    reason: `key server ${keyServerID} belongs to key provider ${keyProviderID}`,
    wayOut: "declare a key server of its own for each provider, or detach it there first",
  });
};

/** An attachment that was there before takes its server back, but from no active provider. */
async function release(cluster: Cluster, server: KeyServerKmip, attempt: string, context: Context): Promise<void> {
  const { keyServerID, keyProviderID } = server;
  const reason = await activeReason(cluster, Number(keyProviderID));
  if (reason !== undefined) {
    throw new ProviderActiveError({ attempt, place: cluster.place, reason, wayOut: releaseWayOut(keyProviderID) });
  }
  context.log.info(`taking key server ${keyServerID} from inactive key provider ${keyProviderID}`);
  await cluster.call("RemoveKeyServerFromProviderKmip", { keyServerID });
}

const releaseWayOut = (keyProviderID: number | null) =>
  `to leave the server there, declare that provider in place of this one: an element.KeyProvider of another logical name with adopt: "${keyProviderID}"; to take it back, first bring the master key back to internal keys (an element.MasterKey without a key provider, with takeOver: true)`;

/** Removes the server from its provider, once that is inactive, and from no other one that it may have by now. */
async function detach(
  cluster: Cluster,
  { keyServer, keyProvider }: KeyServerAttachmentInputs,
  deadlineSeconds: number,
  context: Context,
): Promise<void> {
  const keyServerID = Number(keyServer);
  const attempt = `detaching key server ${keyServer} from key provider ${keyProvider} ("${context.self.name}")`;
  const isAttached = async () => (await findKeyServer(cluster, keyServerID))?.keyProviderID === Number(keyProvider);
  if (!(await isAttached())) return;
  await waitUntilInactive(cluster, Number(keyProvider), attempt, deadlineSeconds, context);
  if (!(await isAttached())) return;
  await cluster.call("RemoveKeyServerFromProviderKmip", { keyServerID });
}

async function tested(
  cluster: Cluster,
  id: string,
  outputs: KeyServerAttachmentOutputs,
): Promise<KeyServerAttachmentOutputs> {
  try {
    await testKeyProvider(cluster, Number(outputs.keyProvider));
    return outputs;
  } catch (error) {
    throw new IncompleteError(id, { ...outputs, tested: false }, error as Error);
  }
}

const missing = (attempt: string, cluster: Cluster, reason: string) =>
  new ObjectNotFoundError({
    attempt,
    place: cluster.place,
    reason,
    wayOut: ({ refreshAndApply }) => `run ${refreshAndApply}: what is missing is created anew`,
  });
