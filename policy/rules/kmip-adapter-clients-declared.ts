import type { StackValidationPolicy } from "@pulumi/policy";
import { keyprotect } from "../../sdk";
import { known } from "../known";

/**
 * Whoever has the private key of a registered certificate reads every key of the adapter. A `KmipAdapterClients` says who
 * they are: it finds whom nobody has declared, and removes what a renewal has left behind.
 *
 * @severity medium
 */
export const kmipAdapterClientsDeclared: StackValidationPolicy = {
  name: "kmip-adapter-clients-declared",
  description: "Every client of a KMIP adapter should be declared.",
  severity: "medium",
  enforcementLevel: "advisory",
  validateStack({ resources }, report) {
    const lists = resources.filter((resource) => resource.isType(keyprotect.KmipAdapterClients));
    const listed = lists.map(({ props }) => known(props).adapter);
    for (const { props, urn } of resources.filter((resource) => resource.isType(keyprotect.KmipAdapter))) {
      const { adapterID } = known(props);
      // Until it has an ID, as in a preview of a new adapter, any list may be of it.
      if (typeof adapterID !== "string" || listed.some((adapter) => adapter === undefined || adapter === adapterID))
        continue;
      report("The KMIP adapter should have a KmipAdapterClients, which says who its clients are.", urn);
    }
    for (const { props, urn } of lists) {
      const { undeclared: found = [] } = known(props) as { undeclared?: (string | undefined)[] };
      const undeclared = found.filter((name) => name !== undefined);
      if (undeclared.length > 0)
        report(`Every client of the KMIP adapter should be declared, not ${undeclared.join(", ")}.`, urn);
    }
  },
};
