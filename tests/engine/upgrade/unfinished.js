// What a frozen stack holds whose last run came to its deadline: settings.json says what its runs differ in.
const { element, pki, useNativePlugin } = require("pulumi-ekm");
const { authority, triggers, update = "20m", onDelete } = require("./settings.json");
const { certificate: caCertificate, privateKey: caPrivateKey } = authority;

// Of those who have moved to the plugin.
if (process.env.SERVED_BY === "plugin") useNativePlugin();

/** The metadata drives of the simulated cluster. */
const DRIVES = [1, 3, 5, 7];

new element.Fleet("fleet", {
  clusters: ["default"],
  declare(cluster, opts) {
    const { attachment } = new element.ExternalKeyManagement(
      "storage",
      {
        cluster,
        subject: { commonName: "storage.example.com", country: "US" },
        keyServer: { hostnames: ["127.0.56.96"], caCertificate },
        signer: (certificateSigningRequest) =>
          new pki.SignedCertificate("storage", {
            certificateSigningRequest,
            caCertificate,
            caPrivateKey,
            validityDays: 10_950,
            renewalTriggers: triggers.certificate,
          }).certificate,
        masterKey: { rotationTriggers: triggers.masterKey, maxAge: "10000d" },
      },
      { ...opts, customTimeouts: { update } },
    );
    const drives = new element.HardwareEncryption("drives", { cluster, attachment, onDelete }, opts);
    new element.DriveRecovery(
      "recovery",
      { cluster, drives: DRIVES, triggers: triggers.recovery },
      { ...opts, dependsOn: drives },
    );
  },
});
