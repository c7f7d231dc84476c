import { describeCertificate } from "../../provider/pki";
import { members, objectIdentifier, readDer } from "../../provider/pki/der";
import { encode, encodeOid, encodeTime, positiveInteger, sequence } from "../../provider/pki/der-writer";
import { formatName, readName } from "../../provider/pki/distinguished-name";
import { DerError } from "../../provider/pki/errors";
import { Openssl } from "../kit/openssl";

const openssl = new Openssl();
afterAll(() => openssl.dispose());

/** OpenSSL's string masks, each of which allows one kind of string alone. */
test.each<[kind: string, mask: string]>([
  ["UTF8STRING", "0x2000"],
  ["BMPSTRING", "0x0800"],
  ["T61STRING", "0x0004"],
])("a name reads alike in every kind of string: %s", (kind, mask) => {
  const config = openssl.file(`[req]\nstring_mask = MASK:${mask}\nutf8 = yes\ndistinguished_name = dn\n[dn]\n`);
  const { certificate } = openssl.selfSigned("ed25519", "/CN=Zürich", "-utf8", "-config", config);
  expect(openssl.run("asn1parse", "-in", openssl.file(certificate))).toContain(kind);
  expect(describeCertificate(certificate).subject).toBe("CN=Zürich");
});

test("several attributes in one relative name are shown together", () => {
  const { certificate } = openssl.selfSigned("ed25519", "/CN=a+UID=b/O=c", "-multivalue-rdn");
  expect(describeCertificate(certificate).subject).toMatch(/^(CN=a\+UID=b|UID=b\+CN=a), O=c$/);
});

test("an object identifier goes there and back", () => {
  const name = sequence(encode(0x31, sequence(encodeOid("2.999.1234567.3"), encode(0x0c, Buffer.from("x")))));
  expect(formatName(readName(readDer(name)))).toBe("2.999.1234567.3=x");
});

test("identifiers made of UUIDs stay apart, which differ in the last of 128 bits", () => {
  const [one, other] = ["7e", "7f"].map((last) => {
    const identifier = encode(0x06, Buffer.from(`6983${"ff".repeat(17)}${last}`, "hex"));
    return objectIdentifier(readDer(identifier));
  });
  expect(one).toBe("2.25.340282366920938463463374607431768211454");
  expect(other).toBe("2.25.340282366920938463463374607431768211455");
});

test("an identifier without end in sight is refused", () => {
  const identifier = encode(0x06, Buffer.concat([Buffer.alloc(100_000, 0xff), Buffer.from([1])]));
  expect(() => objectIdentifier(readDer(identifier))).toThrow(DerError);
});

test("a string of an odd length takes nothing of its neighbour", () => {
  const [text, number] = members(readDer(Buffer.from("30061e0141020100", "hex")));
  expect(text?.encoded.toString("hex")).toBe("1e0141");
  expect(number?.encoded.toString("hex")).toBe("020100");
});

test.each<[bytes: string, hex: string]>([
  ["7f", "02017f"],
  ["80", "02020080"],
  ["ff00", "020300ff00"],
])("an integer is positive, and no longer than it must be: %s", (bytes, hex) => {
  expect(positiveInteger(Buffer.from(bytes, "hex")).toString("hex")).toBe(hex);
});

test.each<[time: string, tag: number, text: string]>([
  ["2049-12-31T23:59:59.999Z", 0x17, "491231235959Z"],
  ["2050-01-01T00:00:00.000Z", 0x18, "20500101000000Z"],
])("a time has the form that X.509 wants for its year: %s", (time, tag, text) => {
  const { tag: kind, contents } = readDer(encodeTime(new Date(time)));
  expect([kind, contents.toString()]).toEqual([tag, text]);
});

test.each<[fault: string, hex: string]>([
  ["nothing", ""],
  ["a tag alone", "30"],
  ["cut short", "300302"],
  ["a length cut short", "3082"],
  ["an indefinite length", "30800000"],
  ["a length of five bytes", "30850000000001"],
  ["data after the value", "3000ff"],
  ["a tag of several bytes", "1f8101"],
  ["a member cut short", "30023105"],
  ["a primitive where a set belongs", "30020500"],
  ["a relative name without a type", "3004310230000a"],
  ["a type that is no identifier", "300b3109300702010102020101"],
  ["an identifier that does not end", "300b3109300706028186 0c0178".replace(" ", "")],
])("malformed DER is refused: %s", (_, hex) => {
  expect(() => readName(readDer(Buffer.from(hex, "hex")))).toThrow(DerError);
});
