import { randomBytes, randomUUID } from "node:crypto";
import { type CertificateSubject, selfSignedEndpointCertificate } from "../../chassis/endpoint-certificate";
import type { MachineRecord } from "../../chassis/machine";
import type { Instance, RegionSecrets, RegionState } from "./state";

const REGION = "us-south";

export const certificateSubject: CertificateSubject = {
  commonName: `${REGION}.kms.cloud.ibm.com`,
  organizationName: "Simulated Key Protect",
};

export const iamSubject: CertificateSubject = { commonName: "iam.cloud.ibm.com", organizationName: "Simulated IAM" };

/** A region with an API key and without instances. */
export async function createRegion(apiKey: string, now: Date): Promise<MachineRecord<RegionState, RegionSecrets>> {
  return {
    state: {
      name: REGION,
      account: randomBytes(16).toString("hex"),
      owner: `iam-ServiceId-${randomUUID()}`,
      instances: [],
      removedCertificates: [],
    },
    secrets: {
      ...(await selfSignedEndpointCertificate(certificateSubject, now)),
      apiKey,
      tokenKey: newTokenKey(),
      material: {},
    },
  };
}

export const newTokenKey = (): string => randomBytes(32).toString("base64");

export function createInstance({ name, account }: RegionState): Instance {
  const guid = randomUUID();
  return {
    guid,
    crn: `crn:v1:bluemix:public:kms:${name}:a/${account}:${guid}::`,
    keys: [],
    keyRings: [],
    adapters: [],
  };
}
