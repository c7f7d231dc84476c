import type { InstanceSettings } from "../../provider/systems/keyprotect/api/settings";
import { UsageError } from "../command";
import { authoritiesIn, type GivenConnection } from "../connection";

/** A Key Protect instance whose connection stands on the command line. */
export const givenInstance: GivenConnection<InstanceSettings> = {
  options: ["guid", "fingerprint256", "ca", "iam-endpoint", "iam-ca", "kmip-endpoint"],
  help: `  --endpoint URL          https://REGION.kms.cloud.ibm.com, the API of the instance's region
  --guid GUID             of the instance, or its CRN; the API key is EKM_API_KEY in the environment, or asked for
  --fingerprint256 HEX    SHA-256 fingerprint of the TLS certificate of the endpoint
  --ca FILE               authorities (PEM) that sign it, instead of the system's own
  --iam-endpoint URL      where tokens are fetched, instead of IBM's own address
  --iam-ca FILE           authorities (PEM) that sign its certificate, instead of the system's own
  --kmip-endpoint HOST[:PORT]
                          where the region speaks KMIP, instead of the host of the endpoint
`,
  async settings({ endpoint, guid, fingerprint256, ca, ...values }, { environment, askSecret }) {
    if (guid === undefined) throw new UsageError("--guid is missing");
    const [caCertificate, iamCaCertificate] = [authoritiesIn(ca), authoritiesIn(values["iam-ca"])];
    const apiKey =
      environment.EKM_API_KEY ??
      (await askSecret({ prompt: `API key for instance ${guid}: `, noun: "API key", variable: "EKM_API_KEY" }));
    return {
      ...{ endpoint, instance: guid, apiKey, fingerprint256, caCertificate, iamCaCertificate },
      ...{ iamEndpoint: values["iam-endpoint"], kmipEndpoint: values["kmip-endpoint"] },
    };
  },
};
