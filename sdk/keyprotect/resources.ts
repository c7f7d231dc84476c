// Made by "npm run generate" from the catalogue in provider/systems/registry.ts.
export { KmipAdapter, type KmipAdapterArgs } from "./kmip-adapter";
export { KmipAdapterClients, type KmipAdapterClientsArgs } from "./kmip-adapter-clients";
export { KmipClientCertificate, type KmipClientCertificateArgs } from "./kmip-client-certificate";
export { RootKey, type RootKeyArgs } from "./root-key";
