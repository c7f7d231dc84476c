import type { ConnectedVcenter } from "../../../provider/systems/vsphere/api/vcenter";
import { failureOf, type Provocation, type Provocations } from "../../kit/provocation";
import { failed, running, type Sent, Service } from "../api/service";

const PROVIDER = { cluster: "domain-c8", provider: "storage" };

/** What a call ends with whose task ends so. */
const ending =
  (task: Sent, call: (vcenter: ConnectedVcenter) => Promise<unknown>): Provocation =>
  async () => {
    const service = await Service.start();
    service.task = () => task;
    try {
      return await failureOf(() => call(service.vcenter()));
    } finally {
      await service.close();
    }
  };

export const api: Provocations = {
  EKM_VSPHERE_API: ending(failed("INVALID_ARGUMENT", "The certificate is not valid."), (vcenter) =>
    vcenter.call("updateKmsClientCertificate", { ...PROVIDER, certificate: "none" }),
  ),
  EKM_TASK_FAILED: ending({ body: { status: "FAILED" } }, (vcenter) => vcenter.call("deleteKmsProvider", PROVIDER)),
  EKM_TASK_DEADLINE: ending(running(), (vcenter) => vcenter.call("createKmsClientCertificate", PROVIDER)),
};
