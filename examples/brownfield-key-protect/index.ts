// Written by "ekm import": adopts what instance "default" (GUID 6d2a51c8-3b1f-4f7d-9a40-2f6b0c9e8d15) has for external
// key management. Everything is protected: a destroy would take the keys of its clients' data away. "adopt" is of use
// at the first run alone and may be removed afterwards.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { keyprotect } from "pulumi-ekm";

/** Certificates (PEM) that lie beside this program. */
const certificate = (file: string): string => readFileSync(join(__dirname, "certificates", file), "utf8");

const storageRootKey = new keyprotect.RootKey(
  "storage",
  {
    name: "storage",
    description: "of the storage clusters",
    keyRing: "kmip",
    adopt: "0b8f7a52-6f0e-4d57-a5b1-5f7a3f1c9d24",
    onDelete: "keep",
  },
  { protect: true },
);

// Root key 4f1e2a90-7c3d-4b21-9e58-d06a1b7f3c44 "backups" wraps the keys of no KMIP adapter: take it out of the program
// where it is somebody else's.
new keyprotect.RootKey(
  "backups",
  { name: "backups", adopt: "4f1e2a90-7c3d-4b21-9e58-d06a1b7f3c44", onDelete: "keep" },
  { protect: true },
);

const clustersAdapter = new keyprotect.KmipAdapter(
  "clusters",
  { rootKey: storageRootKey, name: "clusters", adopt: "2d368178-b5e5-4e16-9711-88d4bf978ed8", onDelete: "keep" },
  { protect: true },
);

const storage1Client = new keyprotect.KmipClientCertificate(
  "storage-1",
  { adapter: clustersAdapter, certificate: certificate("storage-1.pem"), adopt: "match", onDelete: "keep" },
  { protect: true },
);

new keyprotect.KmipAdapterClients(
  "clusters",
  { adapter: clustersAdapter, clientCertificates: [storage1Client] },
  { protect: true },
);
