import {
  generateSelfSigned,
  keyOfPair,
  keyOfSigned,
  makeSigningRequest,
  presentOrMissing,
  type Subject,
  useCertificate,
} from "../providers/client-certificates";
import { isTrusted, presentedCertificate } from "../providers/contact";
import { awaitNextCheck } from "../providers/health";
import { kmsClusterNamed } from "../providers/lookup";
import { isSameCertificate, readCertificate } from "../providers/pem";
import { invalidArgumentFault, invalidRequest, runtimeFault } from "../soap/faults";
import { method } from "../soap/method";
import { optional, required, structure, text } from "../soap/parameters";
import { Structure } from "../soap/values";
import { takesSubject } from "../vcenter/api-version";
import type { VCenter } from "../vcenter/machine";
import type { KmsCluster } from "../vcenter/state";
import { clusterOf, id, on, type ProviderId } from "./place";
import { serverInfo } from "./servers";
import { certificateInfo } from "./structures";

interface OfCluster {
  cluster: ProviderId;
}

interface WithCertificate extends OfCluster {
  certificate: string;
}

interface WithSubject extends OfCluster {
  request?: Subject;
}

const cluster = required(id);
const certificate = required(text);
const request = optional(
  structure<Subject>({
    commonName: optional(text),
    organization: optional(text),
    organizationUnit: optional(text),
    locality: optional(text),
    state: optional(text),
    country: optional(text),
    email: optional(text),
  }),
);

/** Trust of a provider in both directions. */
export const certificateMethods = {
  RetrieveKmipServerCert: method<{ keyProvider: ProviderId; server: ReturnType<typeof serverInfo> }>({
    on,
    params: { keyProvider: required(id), server: required(serverInfo) },
    async handle({ vcenter }, { keyProvider, server }) {
      const { name, address: host, port, timeout: timeoutSeconds, proxyAddress, proxyPort } = server;
      const proxy = proxyAddress ? { host: proxyAddress, port: proxyPort } : undefined;
      const presented = await presentedCertificate(vcenter, { name, host, port, timeoutSeconds, proxy }).catch(
        (error: Error) => {
          throw runtimeFault(`Cannot retrieve the certificate of ${host}:${port}: ${error.message}`);
        },
      );
      const provider = kmsClusterNamed(vcenter, keyProvider.id);
      return new Structure("CryptoManagerKmipServerCertInfo", {
        certificate: presented.toString(),
        certInfo: certificateInfo(presented.toString(), vcenter.now()),
        clientTrustServer: provider !== undefined && isTrusted(vcenter, provider, presented),
      });
    },
  }),

  UploadKmipServerCert: method<WithCertificate>({
    on,
    params: { cluster, certificate },
    async handle({ vcenter }, { cluster: { id: name }, certificate: pem }) {
      const found = clusterOf(vcenter, { id: name });
      const added = readCertificate("certificate", pem);
      if (!found.trustedCertificates.some((each) => isSameCertificate(each, added))) {
        found.trustedCertificates.push(added.toString());
      }
      awaitNextCheck(vcenter, found);
      await vcenter.save();
    },
  }),

  /** It waits to be put to use. */
  GenerateSelfSignedClientCert: method<WithSubject>({
    on,
    params: { cluster, request },
    async handle({ vcenter }, given) {
      const found = clusterOf(vcenter, given.cluster);
      const { pem, key } = await generateSelfSigned(vcenter, subjectOf(vcenter, given.request));
      found.selfSignedCertificate = pem;
      vcenter.secretsOf(found).selfSignedKey = key;
      await vcenter.save();
      return pem;
    },
  }),

  RetrieveSelfSignedClientCert: method<OfCluster>({
    on,
    params: { cluster },
    handle: ({ vcenter }, given) =>
      presentOrMissing(vcenter, clusterOf(vcenter, given.cluster).selfSignedCertificate, "self-signed certificate"),
  }),

  UpdateSelfSignedClientCert: method<WithCertificate>({
    on,
    params: { cluster, certificate },
    async handle({ vcenter }, given) {
      const found = clusterOf(vcenter, given.cluster);
      const used = readCertificate("certificate", given.certificate);
      const { selfSignedCertificate: pem } = found;
      if (pem === undefined || !isSameCertificate(pem, used)) throw invalidArgumentFault("certificate");
      useCertificate(vcenter, found, { pem, key: vcenter.secretsOf(found).selfSignedKey, origin: "generated" });
      await vcenter.save();
    },
  }),

  GenerateClientCsr: method<WithSubject>({
    on,
    params: { cluster, request },
    async handle({ vcenter }, given) {
      const found = clusterOf(vcenter, given.cluster);
      const made = await makeSigningRequest(vcenter, found, subjectOf(vcenter, given.request));
      await vcenter.save();
      return made;
    },
  }),

  RetrieveClientCsr: method<OfCluster>({
    on,
    params: { cluster },
    handle: ({ vcenter }, given) =>
      presentOrMissing(vcenter, clusterOf(vcenter, given.cluster).signingRequest, "certificate signing request"),
  }),

  UpdateKmsSignedCsrClientCert: method<WithCertificate>({
    on,
    params: { cluster, certificate },
    handle: ({ vcenter }, given) => {
      const found = clusterOf(vcenter, given.cluster);
      const key = keyOfSigned(vcenter, found, { property: "certificate", pem: given.certificate });
      return uploaded(vcenter, found, { pem: given.certificate, key, origin: "signed" });
    },
  }),

  UploadClientCert: method<WithCertificate & { privateKey: string }>({
    on,
    params: { cluster, certificate, privateKey: required(text) },
    handle: ({ vcenter }, given) => {
      const found = clusterOf(vcenter, given.cluster);
      const { certificate: pem, privateKey } = given;
      const key = keyOfPair({ property: "certificate", pem }, { property: "privateKey", pem: privateKey });
      return uploaded(vcenter, found, { pem, key, origin: "uploaded" });
    },
  }),

  RetrieveClientCert: method<OfCluster>({
    on,
    params: { cluster },
    handle: ({ vcenter }, given) =>
      presentOrMissing(vcenter, clusterOf(vcenter, given.cluster).clientCertificate?.pem, "client certificate"),
  }),
};

async function uploaded(
  vcenter: VCenter,
  found: KmsCluster,
  used: { pem: string; key: string | undefined; origin: "signed" | "uploaded" },
): Promise<void> {
  useCertificate(vcenter, found, used);
  await vcenter.save();
}

/** An older vCenter does not know of such an argument. */
function subjectOf({ state }: VCenter, given: Subject | undefined): Subject | undefined {
  if (given === undefined || takesSubject(state.apiVersion)) return given;
  throw invalidRequest('Unexpected element tag "request" seen');
}
