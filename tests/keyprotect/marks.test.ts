import { selfOf } from "../../provider/adapters/pulumi/urn";
import { objectName } from "../../provider/systems/keyprotect/kinds";
import {
  markedName,
  registrationIn,
  registrationMark,
  registrationName,
} from "../../provider/systems/keyprotect/marks";
import { urnOf } from "../kit/resource";

const self = (name: string, stack = "dev") => selfOf(urnOf("keyprotect:KmipAdapter", name, stack));
const FINGERPRINT = "AB:CD:EF:01:23:45";

test.each([
  "storage",
  "storage/east.1 (of two)",
  "\u00dcber",
  "\u9375",
  "--",
  "a".repeat(200),
  "0f8fad5b-d9cb-469f-a165-70867728950e",
])("%j gives names that Key Protect takes, and that are read again", (name) => {
  expect(objectName.complaints(markedName(self(name)))).toEqual([]);
  const mark = registrationMark(self(name));
  const registration = registrationName(mark, FINGERPRINT);
  expect(objectName.complaints(registration)).toEqual([]);
  const read = registrationIn(registration);
  expect(read).toMatchObject({ mark });
  expect(read?.isOfStack(self(name).stack)).toBe(true);
  expect(read?.isOfStack(self(name, "prod").stack)).toBe(false);
  expect(read?.mayBe(FINGERPRINT)).toBe(true);
  expect(read?.mayBe(FINGERPRINT.replace("AB", "00"))).toBe(false);
});

test("resources of one logical name in two stacks, and two of one stack, have marks of their own", () => {
  const names = [self("storage"), self("storage", "prod"), self("other")];
  expect(new Set(names.map(markedName)).size).toBe(3);
  expect(new Set(names.map((each) => registrationMark(each, "same"))).size).toBe(3);
});

test.each(["storage", "kmip_cert_0123456789abcdef", "main-87aeda7-446183", ""])(
  "%j is no name that this package has given",
  (name) => expect(registrationIn(name)).toBeUndefined(),
);
