// The road on each of several clusters; resources bear their cluster's name. road.json says which quarter it is, and how long
// what takes time is waited for where that is not as long as ever.
const { element, pki } = require("pulumi-ekm");
const { keyServers, authority } = require("./lab.json");
const { quarter, deadlines } = require("./road.json");

for (const [cluster, keyServer] of Object.entries(keyServers)) {
  const pair = new element.KeyPair(cluster, { cluster, subject: { commonName: cluster } });
  const { certificate } = new pki.SignedCertificate(cluster, {
    certificateSigningRequest: new element.CertificateSigningRequest(cluster, { keyPair: pair }).pem,
    caCertificate: authority.certificate,
    caPrivateKey: authority.privateKey,
  });
  const server = new element.KeyServer(cluster, { ...keyServer, cluster, clientCertificate: certificate });
  const provider = new element.KeyProvider(cluster, { cluster });
  const seconds = deadlines[cluster];
  const customTimeouts = seconds && { update: `${seconds}s`, delete: `${seconds}s` };
  const ends = { keyProvider: provider, keyServer: server };
  const attachment = new element.KeyServerAttachment(cluster, ends, { customTimeouts });
  new element.MasterKey(cluster, { attachment, rotationTriggers: { quarter } }, { customTimeouts });
}
