import { UNKNOWN } from "../../provider/core/unknown";
import { checkSubject, type Subject } from "../../provider/pki";

test.each<[string, Subject]>([
  ["nothing", {}],
  [
    "every field at its bound",
    {
      commonName: "c".repeat(64),
      organization: "o".repeat(64),
      organizationalUnit: "u".repeat(64),
      locality: "l".repeat(128),
      state: "s".repeat(128),
      country: "US",
      emailAddress: `${"m".repeat(243)}@example.com`,
    },
  ],
  ["bounds in characters, not bytes", { commonName: "東".repeat(64), organization: "🔑".repeat(64) }],
  ["unknown values", { commonName: UNKNOWN, country: UNKNOWN }],
])("accepts %s", (_, subject) => {
  expect(checkSubject(subject, "subject")).toEqual([]);
});

test.each<[field: keyof Subject, value: unknown, reason: RegExp]>([
  ["commonName", "c".repeat(65), /at most 64/],
  ["organization", "o".repeat(65), /at most 64/],
  ["organizationalUnit", "u".repeat(65), /at most 64/],
  ["locality", "l".repeat(129), /at most 128/],
  ["state", "s".repeat(129), /at most 128/],
  ["emailAddress", "m".repeat(256), /at most 255/],
  ["emailAddress", "ops@exämple.com", /ASCII/],
  ["country", "USA", /two letters/],
  ["country", "U", /two letters/],
  ["country", "U1", /two letters/],
  ["country", "ÄÖ", /two letters/],
  ["commonName", "", /empty/],
  ["commonName", "a\nb", /control/],
  ["organization", "a\u0000b", /control/],
  ["organization", "a\u0085b", /control/],
  ["commonName", "a\ud800", /control/],
  ["commonName", 7, /string/],
  ["commonName", null, /string/],
])("refuses %s of %p", (field, value, reason) => {
  const subject = { [field]: value } as Subject;
  expect(checkSubject(subject, "subject")).toEqual([
    { property: `subject.${field}`, reason: expect.stringMatching(reason) },
  ]);
  expect(checkSubject(subject, "").map(({ property }) => property)).toEqual([field]);
});
