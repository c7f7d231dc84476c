import { PULUMI_WORDS } from "../../../provider/adapters/pulumi/words";
import { endSentence } from "../../../provider/core/errors";
import { reasonOf } from "../../../provider/core/lifecycle";
import { spoken } from "../../../provider/core/words";
import { checkClientCertificate, describeCertificate, sameCertificates } from "../../../provider/pki";
import { healthInWords } from "../../../provider/systems/vsphere/observed/health";
import { isHealthy } from "../../../provider/systems/vsphere/observed/key-providers";
import type { KeyProviderInventory } from "../../vsphere/inventory";
import { readableCertificates } from "../certificate-files";
import type { Declaration } from "../plan";
import { quoted, type Remark, remark } from "../remark";
import { CertificateFile, Reference, type Value } from "../value";
import type { DeclaredProvider, Draft } from "./draft";

/** A client certificate, and where the program has it from. */
interface InUse {
  declarations: Declaration[];
  /** The argument; left out, the certificate stays as it is. */
  certificate?: Value;
  remarks: Remark[];
}

/** How a provider and its key servers trust each other: the client certificate where vCenter has made it, and its use. */
export function planTrust(declared: DeclaredProvider, draft: Draft): Declaration[] {
  const { provider, declaration } = declared;
  const { name, clientCertificate } = provider;
  if (clientCertificate === undefined) {
    draft.remarks.push(
      remark`Key provider ${quoted(name)} has no client certificate so far: declare a ClientCertificate or a CertificateSigningRequest, and a KeyProviderTrust, to give it one.`,
    );
    return [];
  }
  const { logicalName } = declaration;
  const { declarations, certificate, remarks } = isGenerated(provider)
    ? generated(declared, draft)
    : given(declared, clientCertificate, draft);
  const isWell = isHealthy(provider.health);
  const trust: Declaration = {
    resource: "KeyProviderTrust",
    variable: draft.variables.name(logicalName, "Trust"),
    logicalName,
    args: {
      keyProvider: new Reference(declaration.variable),
      certificate,
      waitFor: isWell ? undefined : "none",
    },
    description: remark`of ${quoted(name)}: ${isWell ? "healthy" : healthInWords(provider.health)}`,
    remarks: [...remarks, ...(isWell ? [] : [unwell(provider)])],
  };
  return [...declarations, trust];
}

/** Whether vCenter has made and signed the certificate in use. That of a trusted provider is told apart by its issuer alone. */
function isGenerated({ family, clientCertificate = "", generatedCertificate }: KeyProviderInventory): boolean {
  if (generatedCertificate === undefined || !sameCertificates(generatedCertificate, clientCertificate)) return false;
  if (family === "standard") return true;
  const { subject, issuer } = describeCertificate(clientCertificate);
  return subject === issuer;
}

function generated({ provider, declaration }: DeclaredProvider, { variables }: Draft): InUse {
  const { logicalName } = declaration;
  const { subject, notAfter } = describeCertificate(provider.clientCertificate ?? "");
  const own: Declaration = {
    resource: "ClientCertificate",
    variable: variables.name(logicalName, "ClientCertificate"),
    logicalName,
    args: { keyProvider: new Reference(declaration.variable), adopt: "match" },
    description: remark`of ${quoted(provider.name)}, ${subject || "no subject"}, ends ${notAfter}`,
    remarks: [],
  };
  return { declarations: [own], certificate: new Reference(own.variable, "certificate"), remarks: [] };
}

/** A certificate that somebody else has signed. Its request is of no use any more, and so no part of the program. */
function given({ provider: { name }, declaration }: DeclaredProvider, text: string, draft: Draft): InUse {
  const pem = readableCertificates(text);
  const { failures, lines } = checkClientCertificate(pem, { property: "certificate", now: draft.now });
  if (failures.length > 0) {
    const reasons = failures.map((failure) => `${failure.property} ${reasonOf(failure, PULUMI_WORDS)}`).join("; ");
    const remarks = [
      remark`The client certificate of key provider ${quoted(name)} is not declared and stays as it is: ${endSentence(reasons)}`,
    ];
    return { declarations: [], remarks };
  }
  const file = draft.certificates.add(`${declaration.logicalName}-client.pem`, pem);
  return {
    declarations: [],
    certificate: new CertificateFile(file),
    remarks: [
      ...lines.map(({ text: line }) => remark`${spoken(line, PULUMI_WORDS)}.`),
      remark`Somebody else has signed the client certificate of key provider ${quoted(name)}: to renew it, declare a CertificateSigningRequest, and give the signed certificate here.`,
    ],
  };
}

const unwell = ({ name, health }: KeyProviderInventory): Remark =>
  remark`Key provider ${quoted(name)} is not healthy (${healthInWords(health)}): the program does not wait for it until waitFor is taken out.`;
