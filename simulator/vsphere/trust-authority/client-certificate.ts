import { text } from "../../chassis/kinds";
import {
  generateSelfSigned,
  keyOfPair,
  keyOfSigned,
  makeSigningRequest,
  presentOrMissing,
  useCertificate,
} from "../providers/client-certificates";
import { readStructure } from "../rest/bodies";
import type { Route } from "../rest/route";
import { invalidArgument } from "../vcenter/errors";
import { PROVIDERS, placeOf, serviceBelow, targetOf } from "./place";

const path = `${PROVIDERS}/{provider}/client-certificate`;
const service = serviceBelow(".kms.providers.client_certificate");
const csr = serviceBelow(".kms.providers.client_certificate.csr");

interface UpdateSpec {
  certificate: string;
  private_key: string;
}

export const clientCertificateRoutes = {
  createKmsClientCertificate: {
    ...{ verb: "POST", path, service, operation: "create", target: targetOf },
    prepare(request) {
      const { vcenter } = request;
      const { provider } = placeOf(request);
      return async () => {
        const { pem, key } = await generateSelfSigned(vcenter);
        useCertificate(vcenter, provider, { pem, key, origin: "generated" });
        await vcenter.save();
      };
    },
  },

  getKmsClientCertificate: {
    ...{ verb: "GET", path, service, operation: "get", target: targetOf },
    prepare(request) {
      const { provider } = placeOf(request);
      const certificate = presentOrMissing(request.vcenter, provider.clientCertificate?.pem, "client certificate");
      return () => ({ certificate });
    },
  },

  updateKmsClientCertificate: {
    ...{ verb: "PATCH", path, service, operation: "update", target: targetOf },
    prepare(request) {
      const { vcenter } = request;
      const { provider } = placeOf(request);
      const { certificate: pem, private_key } = readStructure<UpdateSpec, "certificate">(
        request.body,
        { certificate: text, private_key: text },
        ["certificate"],
      );
      const certificate = { property: "certificate", pem };
      if (private_key === undefined && vcenter.switches.certificateWithoutKey === "refuse") {
        throw invalidArgument("private_key", "private_key is required.");
      }
      const used =
        private_key === undefined
          ? ({ key: keyOfSigned(vcenter, provider, certificate), origin: "signed" } as const)
          : ({
              key: keyOfPair(certificate, { property: "private_key", pem: private_key }),
              origin: "uploaded",
            } as const);
      return async () => {
        useCertificate(vcenter, provider, { pem, ...used });
        await vcenter.save();
      };
    },
  },

  createKmsCsr: {
    ...{ verb: "POST", path: `${path}/csr`, service: csr, operation: "create", target: targetOf },
    prepare(request) {
      const { vcenter } = request;
      const { provider } = placeOf(request);
      return async () => {
        const made = await makeSigningRequest(vcenter, provider);
        await vcenter.save();
        return { csr: made };
      };
    },
  },

  getKmsCsr: {
    ...{ verb: "GET", path: `${path}/csr`, service: csr, operation: "get", target: targetOf },
    prepare(request) {
      const { provider } = placeOf(request);
      const made = presentOrMissing(request.vcenter, provider.signingRequest, "certificate signing request");
      return () => ({ csr: made });
    },
  },
} satisfies Record<string, Route>;
