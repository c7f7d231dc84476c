const { element, pki, useNativePlugin } = require("pulumi-ekm");
const { clusters, keyServer, authority } = require("./fleet.json");

if (process.env.SERVED_BY === "plugin") useNativePlugin();

new element.Fleet("fleet", {
  clusters,
  declare: (cluster, opts) =>
    new element.ExternalKeyManagement(
      cluster,
      {
        cluster,
        keyServer: { hostnames: [keyServer.host], port: keyServer.port, caCertificate: authority.certificate },
        subject: { commonName: `${cluster}.example.com`, organization: "Example", country: "US" },
        signer: (certificateSigningRequest) =>
          new pki.SignedCertificate(
            cluster,
            {
              certificateSigningRequest,
              caCertificate: authority.certificate,
              caPrivateKey: authority.privateKey,
            },
            opts,
          ).certificate,
        masterKey: { rotationTriggers: { rotation: process.env.BENCH_ROTATION ?? "none" } },
      },
      opts,
    ),
});
