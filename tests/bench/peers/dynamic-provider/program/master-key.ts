import * as pulumi from "@pulumi/pulumi";
import { type Connection, call } from "./client";

interface Inputs {
  connection: Connection;
  keyProviderID: number;
}

interface Job {
  status: string;
  error?: { name: string; message: string };
}

const SECONDS_BETWEEN_LOOKS = 5;

class MasterKeyProvider implements pulumi.dynamic.ResourceProvider {
  async create(inputs: Inputs): Promise<pulumi.dynamic.CreateResult> {
    const { connection, keyProviderID } = inputs;
    await rekey(connection, { keyManagementType: "External", keyProviderID });
    return { id: connection.endpoint, outs: inputs };
  }

  async delete(_id: string, { connection }: Inputs): Promise<void> {
    await rekey(connection, { keyManagementType: "Internal" });
  }
}

const provider = new MasterKeyProvider();

/** A cluster's master key, kept with a key provider; with the cluster again when this is deleted. */
export class MasterKey extends pulumi.dynamic.Resource {
  constructor(name: string, props: pulumi.Inputs, opts?: pulumi.CustomResourceOptions) {
    super(provider, name, props, opts, "element", "MasterKey");
  }
}

/** Starts a rekey and waits for its end. */
async function rekey(connection: Connection, target: object): Promise<void> {
  const { asyncHandle } = await call<{ asyncHandle: number }>(
    connection,
    "RekeySoftwareEncryptionAtRestMasterKey",
    target,
  );
  for (;;) {
    const { status, error } = await call<Job>(connection, "GetAsyncResult", { asyncHandle, keepResult: true });
    if (error !== undefined) {
      throw new Error(`the rekey failed: ${error.name}: ${error.message}`);
    }
    if (status === "complete") return;
    await new Promise((resolve) => setTimeout(resolve, SECONDS_BETWEEN_LOOKS * 1000));
  }
}
