import { X509Certificate } from "node:crypto";
import { selfOf } from "../../provider/adapters/pulumi/urn";
import { registrationMark, registrationName } from "../../provider/systems/keyprotect/marks";
import { urnOf } from "../kit/resource";

/** Name under which a resource of a stack registers a certificate. */
export const registrationOf = (pem: string, { resource = "main", stack = "dev" } = {}): string =>
  registrationName(
    registrationMark(selfOf(urnOf("keyprotect:KmipClientCertificate", resource, stack))),
    new X509Certificate(pem).fingerprint256,
  );
