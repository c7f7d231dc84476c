import { type Context, type Lifecycle, spelledAs } from "../../../core/lifecycle";
import { ObjectNotFoundError } from "../../../core/object-errors";
import { differences } from "../../../core/plan";
import { checkArguments, withDefaults } from "../../../core/resource/description";
import { readCertificateRequest, sameCertificateRequests } from "../../../pki";
import type { Cluster } from "../api/cluster";
import { checkCluster, identify, identifyById } from "../cluster";
import { clusterCertificateRequest } from "../observed/key-servers";
import { singletons } from "../singletons";
import {
  type CertificateSigningRequestInputs,
  type CertificateSigningRequestOutputs,
  certificateSigningRequestResource,
} from "./resource";

export const certificateSigningRequest: Lifecycle<CertificateSigningRequestInputs, CertificateSigningRequestOutputs> = {
  async check(_olds, news, context) {
    const inputs = withDefaults(certificateSigningRequestResource, news);
    const failures = [
      ...checkArguments(certificateSigningRequestResource, inputs),
      ...checkCluster(inputs, context),
      ...singletons.certificateSigningRequest.checkDeclaredOnce(inputs, context),
    ];
    return { inputs, failures, lines: [] };
  },

  async diff(_id, olds, news, context) {
    singletons.certificateSigningRequest.recognise(olds, news, context);
    const differing = differences({
      cluster: olds.cluster !== news.cluster,
      publicKeyFingerprint: olds.publicKeyFingerprint !== news.publicKeyFingerprint,
    });
    return { differing, lines: [] };
  },

  async create(inputs, context) {
    const { cluster, identity } = await identify(context, inputs.cluster);
    singletons.certificateSigningRequest.assertDeclaredOnce(cluster.place, identity, context);
    const pem = await fetchRequest(cluster, context);
    return { id: identity.clusterUniqueID, outputs: { ...inputs, ...identity, ...describe(pem) } };
  },

  async read(id, state, context) {
    const { cluster, identity } = await identifyById(context, id, state);
    const observed = await clusterCertificateRequest(cluster);
    if (observed === undefined) return undefined;
    const { stateVersion, clusterUniqueID, tlsVerification, pem: recorded, subject, ...inputs } = state;
    const found = describe(spelledAs(recorded, observed, sameCertificateRequests));
    const current = { ...inputs, cluster: cluster.name, publicKeyFingerprint: found.publicKeyFingerprint };
    return { id, inputs: current, outputs: { ...current, ...identity, ...found } };
  },

  async update(_id, olds, news, context) {
    const { cluster, identity } = await identify(context, news.cluster, olds);
    const pem = await fetchRequest(cluster, context);
    return { ...news, ...identity, ...describe(spelledAs(olds.pem, pem, sameCertificateRequests)) };
  },

  /** A request is made anew each time it is asked for: there is nothing to delete. */
  async delete() {},
};

function describe(pem: string) {
  const { subject, publicKeyFingerprint } = readCertificateRequest(pem);
  return { pem, subject, publicKeyFingerprint };
}

async function fetchRequest(cluster: Cluster, context: Context): Promise<string> {
  const pem = await clusterCertificateRequest(cluster);
  if (pem !== undefined) return pem;
  throw new ObjectNotFoundError({
    attempt: `fetching certificate signing request "${context.self.name}"`,
    place: cluster.place,
    reason: "the cluster has no key pair",
    wayOut: "declare an element.KeyPair and take its publicKeyFingerprint",
  });
}
