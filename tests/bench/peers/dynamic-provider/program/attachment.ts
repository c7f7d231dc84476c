import * as pulumi from "@pulumi/pulumi";
import { type Connection, call } from "./client";

interface Inputs {
  connection: Connection;
  keyServerID: number;
  keyProviderID: number;
}

class AttachmentProvider implements pulumi.dynamic.ResourceProvider {
  async create(inputs: Inputs): Promise<pulumi.dynamic.CreateResult> {
    const { connection, keyServerID, keyProviderID } = inputs;
    await call(connection, "AddKeyServerToProviderKmip", { keyServerID, keyProviderID });
    await call(connection, "TestKeyProviderKmip", { keyProviderID });
    return { id: `${keyProviderID}/${keyServerID}`, outs: inputs };
  }

  async delete(_id: string, { connection, keyServerID }: Inputs): Promise<void> {
    await call(connection, "RemoveKeyServerFromProviderKmip", { keyServerID });
  }
}

const provider = new AttachmentProvider();

/** A key server's place in a key provider, which is tested once it has it. */
export class Attachment extends pulumi.dynamic.Resource {
  constructor(name: string, props: pulumi.Inputs, opts?: pulumi.CustomResourceOptions) {
    super(provider, name, props, opts, "element", "Attachment");
  }
}
