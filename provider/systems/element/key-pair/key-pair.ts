import { type Context, driftMark, isRecorded, type Lifecycle } from "../../../core/lifecycle";
import { ObjectNotFoundError } from "../../../core/object-errors";
import { differences } from "../../../core/plan";
import { checkArguments, withDefaults } from "../../../core/resource/description";
import { seal } from "../../../core/seal";
import { adoption } from "../adoption";
import type { Cluster } from "../api/cluster";
import { checkCluster, exclusivelyOn, type Identity, identify, identifyById } from "../cluster";
import { removeLeftovers } from "../leftovers";
import { type ObservedPair, observe, refusalOfNewPair, subjectMatches } from "../observed/key-pair";
import { mayNameAbsence } from "../observed/key-servers";
import { singletons } from "../singletons";
import { checkNewPair, foreseenUpdate } from "./plan";
import { type KeyPairInputs, type KeyPairOutputs, keyPairResource } from "./resource";
import { wasMadeFor, wishOf } from "./wish";

export const keyPair: Lifecycle<KeyPairInputs, KeyPairOutputs> = {
  async check(olds, news, context) {
    // A trigger that leaves the program asks for nothing. Its last value is kept, to compare a later value with.
    const { regenerate = olds.regenerate } = news;
    const inputs = { ...withDefaults(keyPairResource, news), regenerate };
    const failures = [
      ...checkArguments(keyPairResource, inputs),
      ...checkCluster(inputs, context),
      ...singletons.keyPair.checkDeclaredOnce(inputs, context),
    ];
    if (failures.length > 0) return { inputs, failures, lines: [] };
    const found = await checkNewPair(olds, inputs, context);
    const adopted = found.failures.length === 0 ? adoption("the key pair", olds, inputs) : [];
    return { inputs, failures: found.failures, lines: [...found.lines, ...adopted] };
  },

  async diff(_id, olds, news, context) {
    singletons.keyPair.recognise(olds, news, context);
    const differing = differences({
      cluster: olds.cluster !== news.cluster,
      regenerate: olds.regenerate !== news.regenerate,
      publicKeyFingerprint: olds.publicKeyFingerprint !== olds.recordedPublicKeyFingerprint,
      subject: !subjectMatches(news.subject, olds.subject ?? {}),
    });
    return { differing, lines: foreseenUpdate(olds, news) };
  },

  async create(inputs, context) {
    const { cluster, identity } = await identify(context, inputs.cluster);
    singletons.keyPair.assertDeclaredOnce(cluster.place, identity, context);
    const pair = await exclusivelyOn(cluster, context, async () => {
      const found = await observe(cluster, mayNameAbsence);
      if (found !== undefined && subjectMatches(inputs.subject, found.subject)) return found;
      if (inputs.adopt !== undefined) throw nothingToAdopt(cluster, found, context);
      return replacePair(cluster, inputs, inputs.regenerate !== undefined, context);
    });
    return { id: identity.clusterUniqueID, outputs: outputsOf(inputs, identity, pair, pair.publicKeyFingerprint) };
  },

  async read(id, state, context) {
    const { cluster, identity } = await identifyById(context, id, state);
    const pair = await observe(cluster);
    if (pair === undefined) return undefined;
    const {
      stateVersion,
      clusterUniqueID,
      tlsVerification,
      publicKeyFingerprint,
      recordedPublicKeyFingerprint = pair.publicKeyFingerprint,
      ...inputs
    } = state;
    // A program that gives no subject accepts any.
    const isAnySubject = inputs.subject === undefined && isRecorded(state, "clusterUniqueID");
    const current = {
      ...inputs,
      cluster: cluster.name,
      ...(isAnySubject ? {} : { subject: pair.subject }),
      ...driftMark(inputs, !subjectMatches(inputs.subject, pair.subject)),
    };
    return { id, inputs: current, outputs: outputsOf(current, identity, pair, recordedPublicKeyFingerprint) };
  },

  async update(_id, olds, news, context) {
    const { cluster, identity } = await identify(context, news.cluster, olds);
    singletons.keyPair.assertDeclaredOnce(cluster.place, identity, context);
    const triggered = olds.regenerate !== news.regenerate && news.regenerate !== undefined;
    const pair = await exclusivelyOn(cluster, context, async () => {
      const found = await observe(cluster);
      const satisfied = !triggered || (found !== undefined && wasMadeFor(news, found, identity, context));
      const suits = found !== undefined && satisfied && subjectMatches(news.subject, found.subject);
      return suits ? found : replacePair(cluster, news, triggered, context, found);
    });
    return outputsOf(news, identity, pair, pair.publicKeyFingerprint);
  },

  /** There is no method to delete the pair, and certificates issued for it may still be in use: it stays. */
  async delete(_id, state, context) {
    if (context.leftovers(state.clusterUniqueID).length === 0) return;
    const { cluster } = await identify(context, state.cluster, state);
    await removeLeftovers(cluster, state, context);
  },
};

const outputsOf = (
  inputs: KeyPairInputs,
  identity: Identity,
  { publicKeyFingerprint }: ObservedPair,
  recordedPublicKeyFingerprint: string,
): KeyPairOutputs => ({ ...inputs, ...identity, publicKeyFingerprint, recordedPublicKeyFingerprint });

/** Makes a new pair, which ends the use of the one before it. */
async function replacePair(
  cluster: Cluster,
  inputs: KeyPairInputs,
  regenerate: boolean,
  context: Context,
  found?: ObservedPair,
): Promise<ObservedPair> {
  const refused = await refusalOfNewPair(cluster, regenerate, context);
  if (refused !== undefined) throw refused;
  const { subject = {} } = inputs;
  context.history.attempt((await cluster.clusterInfo()).uniqueID, {
    to: "pair",
    before: found?.publicKeyFingerprint,
    wish: seal(wishOf(inputs)),
  });
  await cluster.call("CreatePublicPrivateKeyPair", subject);
  const pair = await observe(cluster);
  if (pair !== undefined) return pair;
  throw new ObjectNotFoundError({
    attempt: `creating key pair "${context.self.name}"`,
    place: cluster.place,
    reason: "the cluster gives no certificate signing request for the key pair that it just made",
    wayOut: "run again; if it stays so, look at the cluster's faults",
  });
}

const nothingToAdopt = (cluster: Cluster, found: ObservedPair | undefined, context: Context) =>
  new ObjectNotFoundError({
    attempt: `adopting key pair "${context.self.name}"`,
    place: cluster.place,
    reason:
      found === undefined
        ? "the cluster has no key pair yet"
        : `the cluster's key pair has the subject ${JSON.stringify(found.subject)}, not the declared one`,
    wayOut:
      found === undefined ? "leave adopt out, and one is made" : "declare that subject, or leave subject or adopt out",
  });
