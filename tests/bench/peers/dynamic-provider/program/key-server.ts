import * as pulumi from "@pulumi/pulumi";
import { type Connection, call } from "./client";

interface Inputs {
  connection: Connection;
  host: string;
  port: number;
  /** PEM, as the other. */
  caCertificate: string;
  clientCertificate: string;
}

class KeyServerProvider implements pulumi.dynamic.ResourceProvider {
  async create(inputs: Inputs): Promise<pulumi.dynamic.CreateResult> {
    const { connection, host, port, caCertificate, clientCertificate } = inputs;
    const { kmipKeyServer } = await call<{ kmipKeyServer: { keyServerID: number } }>(
      connection,
      "CreateKeyServerKmip",
      {
        kmipKeyServerName: "key server",
        kmipKeyServerHostnames: [host],
        kmipKeyServerPort: port,
        kmipCaCertificate: caCertificate,
        kmipClientCertificate: clientCertificate,
      },
    );
    const { keyServerID } = kmipKeyServer;
    await call(connection, "TestKeyServerKmip", { keyServerID });
    return { id: String(keyServerID), outs: { ...inputs, keyServerID } };
  }

  async delete(id: string, { connection }: Inputs): Promise<void> {
    await call(connection, "DeleteKeyServerKmip", { keyServerID: Number(id) });
  }
}

const provider = new KeyServerProvider();

/** A key server, as a cluster knows it; tested once it has been made. */
export class KeyServer extends pulumi.dynamic.Resource {
  declare readonly keyServerID: pulumi.Output<number>;

  constructor(name: string, props: pulumi.Inputs, opts?: pulumi.CustomResourceOptions) {
    super(provider, name, { keyServerID: undefined, ...props }, opts, "element", "KeyServer");
  }
}
