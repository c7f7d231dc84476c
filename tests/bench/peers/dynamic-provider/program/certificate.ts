import * as pulumi from "@pulumi/pulumi";
import { md, pki } from "node-forge";

interface Inputs {
  /** PEM, as the others. */
  request: string;
  authorityCertificate: string;
  authorityPrivateKey: string;
}

const DAYS = 90;

class CertificateProvider implements pulumi.dynamic.ResourceProvider {
  async create(inputs: Inputs): Promise<pulumi.dynamic.CreateResult> {
    const request = pki.certificationRequestFromPem(inputs.request);
    if (!request.verify() || request.publicKey === null) {
      throw new Error("the request's signature does not fit its key");
    }
    const certificate = pki.createCertificate();
    certificate.publicKey = request.publicKey;
    certificate.serialNumber = `01${crypto.randomUUID().replaceAll("-", "")}`;
    certificate.validity.notBefore = new Date();
    certificate.validity.notAfter = new Date(Date.now() + DAYS * 86_400_000);
    certificate.setSubject(request.subject.attributes);
    certificate.setIssuer(pki.certificateFromPem(inputs.authorityCertificate).subject.attributes);
    certificate.setExtensions(request.getAttribute({ name: "extensionRequest" })?.extensions ?? []);
    certificate.sign(pki.privateKeyFromPem(inputs.authorityPrivateKey), md.sha256.create());
    const outs = { ...inputs, certificate: pki.certificateToPem(certificate) };
    return { id: certificate.serialNumber, outs };
  }
}

const provider = new CertificateProvider();

/** A certificate that an authority has signed. */
export class Certificate extends pulumi.dynamic.Resource {
  declare readonly certificate: pulumi.Output<string>;

  constructor(name: string, props: pulumi.Inputs, opts?: pulumi.CustomResourceOptions) {
    super(provider, name, { certificate: undefined, ...props }, opts, "element", "Certificate");
  }
}
