import * as pulumi from "@pulumi/pulumi";
import { type Connection, call } from "./client";

interface Inputs {
  connection: Connection;
  name: string;
}

class KeyProviderProvider implements pulumi.dynamic.ResourceProvider {
  async create(inputs: Inputs): Promise<pulumi.dynamic.CreateResult> {
    const { connection, name } = inputs;
    const { kmipKeyProvider } = await call<{ kmipKeyProvider: { keyProviderID: number } }>(
      connection,
      "CreateKeyProviderKmip",
      { keyProviderName: name },
    );
    const { keyProviderID } = kmipKeyProvider;
    return { id: String(keyProviderID), outs: { ...inputs, keyProviderID } };
  }

  async delete(id: string, { connection }: Inputs): Promise<void> {
    await call(connection, "DeleteKeyProviderKmip", { keyProviderID: Number(id) });
  }
}

const provider = new KeyProviderProvider();

/** A cluster's key provider, empty at first. */
export class KeyProvider extends pulumi.dynamic.Resource {
  declare readonly keyProviderID: pulumi.Output<number>;

  constructor(name: string, props: pulumi.Inputs, opts?: pulumi.CustomResourceOptions) {
    super(provider, name, { keyProviderID: undefined, ...props }, opts, "element", "KeyProvider");
  }
}
