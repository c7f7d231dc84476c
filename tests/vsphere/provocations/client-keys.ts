import { clientCertificate } from "../../../provider/systems/vsphere/client-certificate/client-certificate";
import type { Provocations } from "../../kit/provocation";
import { Resource, type Run } from "../harness";
import { CLUSTER, STANDARD, TRUSTED } from "../stage";
import { onVcenterAt } from "./on-vcenter";

const certificateIn = (run: Run) => new Resource(clientCertificate, "vsphere:ClientCertificate", run, "storage");

export const clientKeys: Provocations = {
  EKM_INTERRUPTION: onVcenterAt("certified", (_scene, run) =>
    certificateIn(run).up({ keyProvider: `${CLUSTER}/${TRUSTED}` }),
  ),

  EKM_CLIENT_KEY_REPLACED: onVcenterAt("trusting", async (scene, run) => {
    const resource = certificateIn(run);
    await resource.up({ keyProvider: STANDARD });
    await scene.somebody("generateClientCertificate", { provider: STANDARD });
    run.next();
    await resource.refresh();
    return resource.up({ keyProvider: STANDARD });
  }),
};
