import { clientCertificateRoutes } from "../trust-authority/client-certificate";
import { trustAuthorityClusterRoutes } from "../trust-authority/clusters";
import { trustedProviderRoutes } from "../trust-authority/key-providers";
import { peerCertificateRoutes } from "../trust-authority/peer-certificates";
import { keyServiceRoutes } from "../workload/key-services";
import { cisRoutes } from "./cis";
import type { Routes } from "./route";

/** The whole REST API: the type makes sure that no call of it is missing. */
export const routes: Routes = {
  ...cisRoutes,
  ...trustAuthorityClusterRoutes,
  ...trustedProviderRoutes,
  ...clientCertificateRoutes,
  ...peerCertificateRoutes,
  ...keyServiceRoutes,
};
