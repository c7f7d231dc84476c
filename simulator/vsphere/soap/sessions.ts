import { ROOT, userSession } from "../inventory/objects";
import { serviceContent } from "../inventory/service-content";
import { SoapFault } from "./faults";
import { method } from "./method";
import { optional, required, text } from "./parameters";

export const SESSION_COOKIE = "vmware_soap_session";

const on = ["SessionManager"];

/** Who a vCenter is, and who is logged in. */
export const sessionMethods = {
  RetrieveServiceContent: method<object>({
    on: ["ServiceInstance"],
    anonymous: true,
    params: {},
    handle: ({ vcenter }) => serviceContent(vcenter.state, ROOT),
  }),

  CurrentTime: method<object>({
    on: ["ServiceInstance"],
    params: {},
    handle: ({ vcenter }) => vcenter.now(),
  }),

  Login: method<{ userName: string; password: string; locale?: string }>({
    on,
    anonymous: true,
    params: { userName: required(text), password: required(text), locale: optional(text) },
    handle({ vcenter, headers }, { userName, password }) {
      if (!vcenter.isPassword(userName, password)) {
        throw new SoapFault("InvalidLogin", "Cannot complete login due to an incorrect user name or password.");
      }
      const session = vcenter.sessions.open(userName);
      headers["Set-Cookie"] = `${SESSION_COOKIE}="${session.token}"; Path=/; HttpOnly; Secure`;
      return userSession(session);
    },
  }),

  Logout: method<object>({
    on,
    params: {},
    async handle({ vcenter, session }) {
      if (session) vcenter.sessions.end(session);
    },
  }),

  SessionIsActive: method<{ sessionID: string; userName: string }>({
    on,
    params: { sessionID: required(text), userName: required(text) },
    handle: ({ session }, { sessionID, userName }) => session?.key === sessionID && session.user === userName,
  }),
};
