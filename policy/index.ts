import type { Policies } from "@pulumi/policy";
import { certificateKeySize } from "./rules/certificate-key-size";
import { certificateRemainingDays } from "./rules/certificate-remaining-days";
import { certificateSignature } from "./rules/certificate-signature";
import { clientCertificateLifetime } from "./rules/client-certificate-lifetime";
import { clusterConnectionFromEnvironment } from "./rules/cluster-connection-from-environment";
import { clusterTlsVerification } from "./rules/cluster-tls-verification";
import { hardwareEncryptionInternal } from "./rules/hardware-encryption-internal";
import { keyServerIpLiteral } from "./rules/key-server-ip-literal";
import { keyServerSingleHost } from "./rules/key-server-single-host";
import { keyServerUnmanaged } from "./rules/key-server-unmanaged";
import { masterKeyAge } from "./rules/master-key-age";
import { masterKeyDeletion } from "./rules/master-key-deletion";
import { masterKeyInternal } from "./rules/master-key-internal";

export {
  certificateKeySize,
  certificateRemainingDays,
  certificateSignature,
  clientCertificateLifetime,
  clusterConnectionFromEnvironment,
  clusterTlsVerification,
  hardwareEncryptionInternal,
  keyServerIpLiteral,
  keyServerSingleHost,
  keyServerUnmanaged,
  masterKeyAge,
  masterKeyDeletion,
  masterKeyInternal,
};

/** Every rule, for a pack of one's own: `new PolicyPack("mine", { policies: [...policies, …] })`. */
export const policies: Policies = [
  certificateKeySize,
  certificateRemainingDays,
  certificateSignature,
  clientCertificateLifetime,
  clusterConnectionFromEnvironment,
  clusterTlsVerification,
  hardwareEncryptionInternal,
  keyServerIpLiteral,
  keyServerSingleHost,
  keyServerUnmanaged,
  masterKeyAge,
  masterKeyDeletion,
  masterKeyInternal,
];
