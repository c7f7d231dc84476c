import { ManagedObjectReference, Structure } from "../soap/values";
import type { VCenterState } from "../vcenter/state";

/** What a client learns first, before anybody has logged in. */
export function serviceContent({ apiVersion, instanceUuid }: VCenterState, rootFolder: ManagedObjectReference) {
  const version = apiVersion.split(".").slice(0, 3).join(".");
  return new Structure("ServiceContent", {
    rootFolder,
    propertyCollector: new ManagedObjectReference("PropertyCollector", "propertyCollector"),
    viewManager: new ManagedObjectReference("ViewManager", "ViewManager"),
    about: new Structure("AboutInfo", {
      name: "VMware vCenter Server",
      fullName: `VMware vCenter Server ${version} build-00000000 (simulated)`,
      vendor: "VMware, Inc.",
      version,
      build: "00000000",
      localeVersion: "INTL",
      localeBuild: "000",
      osType: "linux-x64",
      productLineId: "vpx",
      apiType: "VirtualCenter",
      apiVersion,
      instanceUuid,
      licenseProductName: "VMware VirtualCenter Server",
      licenseProductVersion: `${apiVersion.split(".")[0]}.0`,
    }),
    sessionManager: new ManagedObjectReference("SessionManager", "SessionManager"),
    cryptoManager: new ManagedObjectReference("CryptoManagerKmip", "CryptoManager"),
  });
}
