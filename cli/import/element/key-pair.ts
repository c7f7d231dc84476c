import { PULUMI_WORDS } from "../../../provider/adapters/pulumi/words";
import { reasonOf } from "../../../provider/core/lifecycle";
import { checkSubject } from "../../../provider/pki";
import type { Declaration } from "../plan";
import { remark } from "../remark";
import { Reference } from "../value";
import type { Draft } from "./draft";

/** The key pair and its request, or a remark that there is none. */
export function planKeyPair({ inventory, name, cluster, remarks }: Draft): Declaration[] {
  const { keyPair } = inventory;
  if (keyPair === undefined) {
    remarks.push(remark`The cluster has no key pair: an element.KeyPair would make one.`);
    return [];
  }
  const { subject, subjectFields } = keyPair;
  const refused = checkSubject(subjectFields, "subject");
  const isDeclared = refused.length === 0 && Object.keys(subjectFields).length > 0;
  return [
    {
      resource: "KeyPair",
      variable: "keyPair",
      logicalName: name,
      args: { cluster, subject: isDeclared ? { ...subjectFields } : undefined, adopt: "match" },
      description: remark`${subject || "no subject"}`,
      remarks: refused.map(
        (failure) =>
          remark`Its subject is not declared and stays as it is: ${failure.property} ${reasonOf(failure, PULUMI_WORDS)}.`,
      ),
    },
    {
      resource: "CertificateSigningRequest",
      variable: "request",
      logicalName: name,
      args: { keyPair: new Reference("keyPair") },
      exports: [
        {
          name: "certificateSigningRequest",
          output: "pem",
          doc: "What an authority signs when the client certificate is to be renewed.",
        },
      ],
      description: remark`what an authority signs to renew the client certificate`,
      remarks: [],
    },
  ];
}
