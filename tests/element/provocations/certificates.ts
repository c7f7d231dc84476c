import { keyServer } from "../../../provider/systems/element/key-server/key-server";
import type { KeyServerInputs } from "../../../provider/systems/element/key-server/resource";
import type { Provocations } from "../../kit/provocation";
import { certificatePem, derOf } from "../../pki/hostile/forged";
import { onResource } from "./on-resource";

/** A key server of whose arguments some are replaced. */
const declaring = (replace: (inputs: Pick<KeyServerInputs, "caCertificate" | "clientCertificate">) => object) =>
  onResource("KeyServer", keyServer, "paired", async ({ resource, scene }) => {
    const args = await scene.keyServerArguments();
    return resource.up({ ...args, ...replace(args) });
  });

const RSA_SHA256 = "2a864886f70d01010b0500";
/** RSASSA-PSS has parameters of several members, and not NULL. */
const RSA_PSS_WITHOUT_PARAMETERS = "2a864886f70d01010a0500";

export const certificates: Provocations = {
  EKM_PEM_MALFORMED: declaring(({ caCertificate }) => ({ caCertificate: caCertificate.replace(/-----END.*/, "") })),

  EKM_CERTIFICATE_MALFORMED: declaring(({ clientCertificate }) => ({
    clientCertificate: clientCertificate.replaceAll("CERTIFICATE", "PUBLIC KEY"),
  })),

  EKM_DER_MALFORMED: declaring(({ clientCertificate }) => {
    const der = derOf(clientCertificate).toString("hex").replaceAll(RSA_SHA256, RSA_PSS_WITHOUT_PARAMETERS);
    return { clientCertificate: certificatePem(Buffer.from(der, "hex")) };
  }),
};
