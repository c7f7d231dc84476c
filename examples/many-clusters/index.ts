import * as pulumi from "@pulumi/pulumi";
import { element, pki } from "pulumi-ekm";

const config = new pulumi.Config();

/** Names of clusters, and of their connections in ekm:clusters. */
const clusters = config.requireObject<string[]>("clusters");

const keyServer = {
  hostnames: [config.require("keyServerHost")],
  port: config.getNumber("keyServerPort"),
  caCertificate: config.require("keyServerCaCertificate"),
};

new element.Fleet("site", {
  clusters,
  declare: (cluster, opts) =>
    new element.ExternalKeyManagement(
      cluster,
      {
        cluster,
        keyServer,
        subject: { commonName: `${cluster}.example.com`, organization: "Example", country: "US" },
        signer: (certificateSigningRequest) =>
          new pki.SignedCertificate(
            cluster,
            {
              certificateSigningRequest,
              caCertificate: config.require("clientCaCertificate"),
              caPrivateKey: config.requireSecret("clientCaPrivateKey"),
            },
            opts,
          ).certificate,
        masterKey: { rotationTriggers: { year: config.require("year") } },
      },
      opts,
    ),
});
