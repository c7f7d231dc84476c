import type { AdapterInventory, Inventory } from "../../../cli/keyprotect/inventory";
import { readCertificates } from "../../../provider/pki";
import type { Key, WholeKmipClientCertificate } from "../../../provider/systems/keyprotect/api/types";
import { registrationMark, registrationName } from "../../../provider/systems/keyprotect/marks";
import { client } from "../inventories";

export const INSTANCE = "6d2a51c8-3b1f-4f7d-9a40-2f6b0c9e8d15";
export const ROOT_KEY = "0b8f7a52-6f0e-4d57-a5b1-5f7a3f1c9d24";
export const ADAPTER = "2d368178-b5e5-4e16-9711-88d4bf978ed8";
export const REGISTRATION = "9c1f7be2-0d3a-4c55-8e0b-6a3f5d2c1b90";

/** An ID like another one, told from it by its last digit. */
export const other = (id: string, digit: number): string => `${id.slice(0, -1)}${digit}`;

export const rootKey = (changes: Partial<Key> = {}): Key => ({
  id: ROOT_KEY,
  name: "storage",
  state: "active",
  extractable: false,
  crn: `crn:v1:bluemix:public:kms:us-south:a/0:${INSTANCE}:key:${ROOT_KEY}`,
  imported: false,
  creationDate: "2026-03-02T10:00:00Z",
  keyVersion: { id: "c65e83b0-0170-49ab-a7f6-7bf48b100a4d", creationDate: "2026-11-02T10:04:11Z" },
  lastRotateDate: "2026-11-02T10:04:11Z",
  keyRingID: "default",
  ...changes,
});

export const registration = (changes: Partial<WholeKmipClientCertificate> = {}): WholeKmipClientCertificate => ({
  id: REGISTRATION,
  name: "storage-1",
  created_at: "2026-03-02T10:05:00Z",
  certificate: client,
  ...changes,
});

/** A registration that this package has made, of a resource of another stack. */
export const ownRegistration = (certificate: string, changes: Partial<WholeKmipClientCertificate>) => {
  const mark = registrationMark({ identity: "urn", name: "storage", stack: "other" } as never);
  return registration({
    certificate,
    name: registrationName(mark, readCertificates(certificate)[0].fingerprint256),
    ...changes,
  });
};

export const adapter = (changes: Partial<AdapterInventory> = {}): AdapterInventory => ({
  id: ADAPTER,
  name: "clusters",
  description: "",
  profile: "native_1.0",
  profile_data: { crk_id: ROOT_KEY },
  created_at: "2026-03-02T10:01:00Z",
  certificates: [registration()],
  liveObjects: [
    {
      id: "eed03f0f-b7f5-41b4-876b-9964fdc0d6bb",
      state: "active",
      created_at: "2026-03-02T10:06:00Z",
      created_by_kmip_client_cert_id: REGISTRATION,
    },
  ],
  ...changes,
});

/** An instance with one client of one adapter. */
export const inventory = (changes: Partial<Inventory> = {}): Inventory => ({
  connection: "default",
  instanceID: INSTANCE,
  rootKeys: [rootKey()],
  adapters: [adapter()],
  ...changes,
});
