import { certificateAuthority } from "../../provider/systems/certificates/certificate-authority/certificate-authority";
import type { SignedCertificateInputs } from "../../provider/systems/certificates/signed-certificate/resource";
import { signedCertificate } from "../../provider/systems/certificates/signed-certificate/signed-certificate";
import { makeAuthority } from "../kit/certificates";
import { Openssl } from "../kit/openssl";
import { failureOf, type Provocation, type Provocations } from "../kit/provocation";
import { Offline } from "./context";
import { withVersion } from "./request-version";

/** No message may hold it. */
const PASSPHRASE = "canary-5a7d03f1";

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

export const provocations: Provocations = {
  EKM_NOT_IMPORTABLE: () => failureOf(() => new Offline().drive(certificateAuthority).read("an id", {} as never)),

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
    caPrivateKey: openssl.run("pkey", "-in", openssl.file(key), "-aes256", "-passout", `pass:${PASSPHRASE}`),
  })),

  EKM_ISSUER_UNUSABLE: signing((_openssl, key) => ({ caPrivateKey: key })),
};
