import { join } from "node:path";
import { type KmipServer, startKmipServer } from "../../../simulator";
import { type Authority, issue } from "../../kit/certificates";

/** A key server that keeps its objects below `folder`, and lets in who has a certificate of the authority. */
export const startKeyServer = (folder: string, authority: Authority): Promise<KmipServer> =>
  startKmipServer({
    stateDir: join(folder, "key-server"),
    ...issue(authority, { commonName: "key-server", usage: "server" }),
    ca: authority.certificate,
  });
