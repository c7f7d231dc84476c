import { isIP } from "node:net";
import fc from "fast-check";
import { canonicalHost } from "../../../provider/core/endpoint";
import { sameHostnames } from "../../../provider/systems/element/equality";

test.each([
  ["2001:db8::5", "2001:0db8:0:0:0:0:0:5"],
  ["2001:db8::5", "2001:DB8::0005"],
  ["::ffff:10.0.0.5", "::ffff:a00:5"],
  ["::ffff:10.0.0.5", "0:0:0:0:0:FFFF:10.0.0.5"],
  ["::ffff:10.0.0.5", "10.0.0.5"],
  ["64:ff9b::10.0.0.5", "64:ff9b::a00:5"],
  ["::1", "0:0:0:0:0:0:0:1"],
  ["kms.example.com", "KMS.example.com."],
])("%s and %s are one host", (a, b) => {
  expect(sameHostnames([a, "other"], ["other", b])).toBe(true);
});

test.each([
  ["2001:db8::5", "2001:db8::50"],
  ["::ffff:10.0.0.5", "::10.0.0.5"],
  ["kms.example.com", "kms.example.co"],
  ["kms", "kms.example.com"],
])("%s and %s are two hosts", (a, b) => {
  expect(sameHostnames([a], [b])).toBe(false);
});

test("the one spelling of an address is an address, and its own spelling", () => {
  fc.assert(
    fc.property(fc.oneof(fc.ipV6(), fc.ipV4()), (address) => {
      const canonical = canonicalHost(address);
      expect(isIP(canonical)).not.toBe(0);
      expect(canonicalHost(canonical)).toBe(canonical);
    }),
  );
});
