import type { SignedCertificateInputs } from "../../provider/systems/certificates/signed-certificate/resource";
import { signedCertificate } from "../../provider/systems/certificates/signed-certificate/signed-certificate";
import { keyServer } from "../../provider/systems/element/key-server/key-server";
import type { KeyServerInputs } from "../../provider/systems/element/key-server/resource";
import { onResource, type Provocation, type Provocations } from "../element/provocations/provocation";
import { PASSWORD } from "../element/stage";
import { makeAuthority } from "../kit/certificates";
import { Openssl } from "../kit/openssl";
import { Offline } from "./context";
import { certificatePem, derOf } from "./hostile/forged";
import { withVersion } from "./request-version";

/** A key server of whose arguments some are replaced. */
const declaring = (replace: (inputs: Pick<KeyServerInputs, "caCertificate" | "clientCertificate">) => object) =>
  onResource("KeyServer", keyServer, "paired", async ({ resource, scene }) => {
    const args = await scene.keyServerArguments();
    return resource.up({ ...args, ...replace(args) });
  });

/** A certificate that an authority is asked to sign, with some arguments replaced. */
const signing =
  (replace: (openssl: Openssl, key: string) => Partial<SignedCertificateInputs>): Provocation =>
  async () => {
    const openssl = new Openssl();
    const [authority, key] = [makeAuthority(), openssl.key("p256")];
    const inputs = {
      certificateSigningRequest: openssl.request(key, "/CN=storage-1"),
      caCertificate: authority.certificate,
      caPrivateKey: authority.privateKey,
      ...replace(openssl, key),
    } as SignedCertificateInputs;
    const { failures } = await new Offline().drive(signedCertificate).check({}, inputs);
    openssl.dispose();
    return failures[0]?.reason ?? "it passes";
  };

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

  EKM_CSR_MALFORMED: signing(() => ({ certificateSigningRequest: makeAuthority().certificate })),

  EKM_CSR_SIGNATURE_INVALID: signing((openssl) => {
    const [own, another] = [openssl.key("rsa2048"), openssl.key("rsa2048")];
    return { certificateSigningRequest: withVersion(openssl.request(own, "/CN=storage-1"), 0, another) };
  }),

  EKM_SIGNATURE_ALGORITHM_UNSUPPORTED: signing((openssl) => ({
    certificateSigningRequest: openssl.request(
      openssl.key("rsa2048"),
      "/CN=storage-1",
      ...["-sigopt", "rsa_padding_mode:pss"],
    ),
  })),

  EKM_KEY_UNUSABLE: signing((openssl, key) => ({
    caPrivateKey: openssl.run("pkey", "-in", openssl.file(key), "-aes256", "-passout", `pass:${PASSWORD}`),
  })),

  EKM_ISSUER_UNUSABLE: signing((_openssl, key) => ({ caPrivateKey: key })),
};
