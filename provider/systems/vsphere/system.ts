import { loginIn } from "../../connections/credential-text";
import { httpsSettings } from "../../connections/https/settings";
import type { System } from "../../core/system";
import { CALLS } from "./api/calls";
import { VCENTER } from "./api/peer";
import type { VcenterSettings } from "./api/settings";
import { isXmlText } from "./api/texts";
import { ConnectedVcenter, type Vcenter } from "./api/vcenter";

/** vCenter Servers: how they are configured, reached and told apart. */
export const vsphere: System<VcenterSettings, Vcenter> = {
  noun: VCENTER.noun,
  configurationKey: "vcenters",
  environmentVariable: "EKM_VCENTERS",
  settings: {
    endpoint: { required: true, placeholder: "https://HOST" },
    username: { required: true, placeholder: "NAME@DOMAIN" },
    password: { required: true, secret: true },
    caCertificate: {},
    fingerprint256: {},
    insecure: {},
  },
  freshened: { members: ["username", "password"], inWords: "user name and password" },
  validated(given, complain, words) {
    const login = loginIn(given, complain, words);
    for (const [member, value] of Object.entries(login)) {
      if (!isXmlText(value)) {
        throw complain(`${member} has a control character, which no login to a vCenter can carry`, "leave it out");
      }
    }
    return { ...httpsSettings(given, VCENTER, complain, words.shape), ...login };
  },
  account: ({ endpoint, username, password }) => [endpoint, username, password],
  open: (name, settings, runtime, surroundings) => new ConnectedVcenter(name, settings, runtime, surroundings),
  identity: {
    inWords: "instanceUuid",
    recordedAs: "vcenterUuid",
    of: async (vcenter) => (await vcenter.about()).instanceUuid,
  },
  calls: CALLS,
};
