import * as pulumi from "@pulumi/pulumi";
import { type Connection, call } from "./client";

interface Inputs {
  connection: Connection;
  commonName: string;
}

/** There is nothing to delete: the cluster keeps its key pair. */
class KeyPairProvider implements pulumi.dynamic.ResourceProvider {
  async create(inputs: Inputs): Promise<pulumi.dynamic.CreateResult> {
    const { connection, commonName } = inputs;
    await call(connection, "CreatePublicPrivateKeyPair", { commonName });
    const { clientCertificateSignRequest } = await call<{ clientCertificateSignRequest: string }>(
      connection,
      "GetClientCertificateSignRequest",
    );
    return { id: connection.endpoint, outs: { ...inputs, certificateSigningRequest: clientCertificateSignRequest } };
  }
}

const provider = new KeyPairProvider();

/** A cluster's key pair, with a request for a certificate. */
export class KeyPair extends pulumi.dynamic.Resource {
  declare readonly certificateSigningRequest: pulumi.Output<string>;

  constructor(name: string, props: pulumi.Inputs, opts?: pulumi.CustomResourceOptions) {
    super(provider, name, { certificateSigningRequest: undefined, ...props }, opts, "element", "KeyPair");
  }
}
