import { PULUMI_WORDS } from "../../../provider/adapters/pulumi/words";
import { endSentence } from "../../../provider/core/errors";
import { type Findings, reasonOf } from "../../../provider/core/lifecycle";
import { spoken } from "../../../provider/core/words";
import { checkClientCertificate, describeCertificate } from "../../../provider/pki";
import type { WholeKmipClientCertificate } from "../../../provider/systems/keyprotect/api/types";
import { supersededIn } from "../../../provider/systems/keyprotect/observed/superseded";
import { countOf } from "../../count";
import type { AdapterInventory } from "../../keyprotect/inventory";
import { readableCertificates } from "../certificate-files";
import { logicalNames } from "../names";
import type { Declaration } from "../plan";
import { quoted, type Remark, remark } from "../remark";
import { CertificateFile, Reference } from "../value";
import { type ById, type Draft, legibleID } from "./draft";

/** The clients of the declared adapters, and for each adapter the list of them. */
export function planClients(draft: Draft, adapters: ById): Declaration[] {
  const declared = draft.inventory.adapters.flatMap((adapter) => {
    const declaration = adapters.get(adapter.id);
    return declaration === undefined ? [] : [{ adapter, declaration }];
  });
  const names = logicalNames(
    declared.flatMap(({ adapter }) => adapter.certificates),
    "client",
    legibleID,
  );
  const planned = declared.map(({ adapter, declaration }) => {
    const clients = planCertificates(adapter, declaration, names, draft);
    return { clients: [...clients.values()], list: planList(adapter, declaration, clients, draft) };
  });
  return [...planned.flatMap(({ clients }) => clients), ...planned.map(({ list }) => list)];
}

function planCertificates(
  adapter: AdapterInventory,
  { variable: adapterVariable }: Declaration,
  names: ReadonlyMap<string, string>,
  { variables, certificates: files, now, remarks }: Draft,
): ById {
  const superseded = supersededIn(adapter.certificates);
  const planned = new Map<string, Declaration>();
  for (const registration of adapter.certificates) {
    const { id, name } = registration;
    const { pem, failures, lines } = examined(registration, now);
    if (failures.length > 0) {
      const reasons = failures.map((failure) => `${failure.property} ${reasonOf(failure, PULUMI_WORDS)}`).join("; ");
      remarks.push(
        remark`Client certificate ${quoted(name)} of KMIP adapter ${quoted(adapter.name)} is named in others alone, because no program can declare it: ${endSentence(reasons)}`,
      );
      continue;
    }
    const logicalName = names.get(id) ?? "";
    const { subject, notAfter } = describeCertificate(pem);
    planned.set(id, {
      resource: "KmipClientCertificate",
      variable: variables.name(logicalName, "Client"),
      logicalName,
      args: {
        adapter: new Reference(adapterVariable),
        certificate: new CertificateFile(files.add(`${logicalName}.pem`, pem)),
        adopt: "match",
        onDelete: "keep",
      },
      description: remark`${quoted(name)}, ${subject || "no subject"}, ends ${notAfter}`,
      remarks: [
        ...lines.map(({ text }) => remark`${spoken(text, PULUMI_WORDS)}.`),
        ...(superseded.includes(registration) ? [followed(registration, adapter)] : []),
      ],
    });
  }
  return planned;
}

/** The certificate of a registration, and what the argument says of it. */
function examined({ certificate }: WholeKmipClientCertificate, now: Date): Findings & { pem: string } {
  const pem = readableCertificates(certificate);
  return { pem, ...checkClientCertificate(pem, { property: "certificate", now, accepted: pem }) };
}

const followed = ({ name }: WholeKmipClientCertificate, adapter: AdapterInventory): Remark =>
  remark`Client certificate ${quoted(name)} of KMIP adapter ${quoted(adapter.name)} has a successor: once its client presents that, take it out of the program, and a run removes it.`;

function planList(
  { name, certificates }: AdapterInventory,
  { logicalName, variable }: Declaration,
  clients: ById,
  { variables }: Draft,
): Declaration {
  const others = certificates.filter(({ id }) => !clients.has(id));
  return {
    resource: "KmipAdapterClients",
    variable: variables.name(logicalName, "Clients"),
    logicalName,
    args: {
      adapter: new Reference(variable),
      clientCertificates: [...clients.values()].map((client) => new Reference(client.variable)),
      others: others.length === 0 ? undefined : others.map(({ id }) => id),
    },
    description: remark`of ${quoted(name)}: ${certificates.length === 0 ? "nobody" : `${countOf(certificates.length, "client certificate")}, nobody else`}`,
    remarks: [],
  };
}
