import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { connect as connectTcp } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { connect, type TLSSocket } from "node:tls";
import fc from "fast-check";
import { KmipClient, type KmipServer, startKmipServer } from "../../kmip";
import { Operation, ResultReason, ResultStatus } from "../../kmip/enums";
import { enumeration, integer, structure, text } from "../../kmip/fields";
import { readMessages } from "../../kmip/framing";
import { decodeResponse, encodeRequest, type RequestItem } from "../../kmip/message";
import { Tag } from "../../kmip/tags";
import { encodeTtlv, type TtlvItem } from "../../kmip/ttlv";
import { encodeVersion } from "../../kmip/versions";
import { issue, makeAuthority } from "../kit/certificates";

const authority = makeAuthority();
const ca = authority.certificate;
const serverIdentity = issue(authority, { commonName: "key server", usage: "server" });
const clientIdentity = issue(authority, { commonName: "cluster", usage: "client" });
const version = { major: 1, minor: 2 };

let stateDir: string;
let server: KmipServer;

beforeAll(async () => {
  stateDir = await mkdtemp(join(tmpdir(), "kmip-"));
  server = await startKmipServer({ ...serverIdentity, ca, stateDir });
});

afterAll(async () => {
  await server.close();
  await rm(stateDir, { recursive: true });
});

/** Sends `bytes` and nothing more; everything that comes back until the server hangs up. */
async function exchange(bytes: Uint8Array): Promise<Buffer> {
  const socket: TLSSocket = connect({ host: server.host, port: server.port, ca, ...clientIdentity });
  socket.end(bytes);
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const ask = async (bytes: Uint8Array) => decodeResponse(await exchange(bytes));

const request = (items: RequestItem[], header: TtlvItem[] = []): Buffer =>
  encodeTtlv(
    structure(Tag.RequestMessage, [
      structure(Tag.RequestHeader, [encodeVersion(version), ...header, integer(Tag.BatchCount, items.length)]),
      ...items.map(({ operation, batchItemId, payload }) =>
        structure(Tag.BatchItem, [
          enumeration(Tag.Operation, operation),
          ...(batchItemId ? [{ tag: Tag.UniqueBatchItemID, type: "ByteString" as const, value: batchItemId }] : []),
          structure(Tag.RequestPayload, payload),
        ]),
      ),
    ]),
  );

const query: RequestItem = { operation: Operation.Query, payload: [enumeration(Tag.QueryFunction, 1)] };
const numbered = (items: RequestItem[]): RequestItem[] =>
  items.map((item, index) => ({ ...item, batchItemId: Buffer.from([index]) }));

/** The server still serves a client that behaves. */
async function expectAlive(): Promise<void> {
  const client = await KmipClient.connect({ host: server.host, port: server.port, ca, ...clientIdentity });
  expect((await client.query()).objectTypes).toEqual(["SymmetricKey"]);
  await client.close();
}

const failed = (reason: number) => ({ status: ResultStatus.OperationFailed, reason });

describe("a client that sends nonsense", () => {
  it.each([
    ["another protocol", Buffer.from("GET / HTTP/1.1\r\n\r\n")],
    ["a message of four gigabytes", Buffer.from("4200780100000000".replace(/00000000$/, "ffffffff"), "hex")],
    ["a message just over the limit", Buffer.from("4200780100100000", "hex")],
    ["a response", Buffer.from("42007b0100000000", "hex")],
    ["a request that ends too soon", encodeRequest(version, [query]).subarray(0, 40)],
    ["an empty request", Buffer.from("4200780100000000", "hex")],
    ["an item longer than the request", Buffer.from("42007801000000084200770100000100", "hex")],
  ])("is told that %s is an invalid message", async (_, bytes) => {
    expect((await ask(bytes)).items).toMatchObject([failed(ResultReason.InvalidMessage)]);
    await expectAlive();
  });

  it("gets an error or a closed connection for any bytes", async () => {
    const valid = encodeRequest(version, [query]);
    const mutated = fc
      .tuple(fc.nat(valid.length - 1), fc.uint8Array({ minLength: 1, maxLength: 8 }))
      .map(([position, bytes]) =>
        Buffer.concat([valid.subarray(0, position), bytes, valid.subarray(position + bytes.length)]),
      );
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.uint8Array({ maxLength: 200 }), mutated), async (bytes) => {
        const answers = readMessages(Readable.from([await exchange(bytes)]), Tag.ResponseMessage);
        for await (const answer of answers) decodeResponse(answer);
      }),
      { numRuns: 150 },
    );
    await expectAlive();
  });
});

it("cannot keep the server from closing by never finishing the handshake", async () => {
  const other = await startKmipServer({ ...serverIdentity, ca, stateDir: join(stateDir, "other") });
  const socket = connectTcp(other.port, other.host);
  await once(socket, "connect");
  const hungUp = once(socket.resume(), "close");
  await other.close();
  await hungUp;
});

describe("a client that asks for what there is not", () => {
  it("gets each failure by its reason", async () => {
    const asked: [RequestItem, number][] = [
      [{ operation: Operation.Archive, payload: [] }, ResultReason.OperationNotSupported],
      [
        { operation: Operation.Get, payload: [text(Tag.UniqueIdentifier, "../../etc/passwd")] },
        ResultReason.ItemNotFound,
      ],
      [{ operation: Operation.Get, payload: [integer(Tag.UniqueIdentifier, 1)] }, ResultReason.InvalidField],
      [{ operation: Operation.Get, payload: [] }, ResultReason.MissingData],
      [{ operation: Operation.Create, payload: [] }, ResultReason.InvalidField],
    ];
    for (const [item, reason] of asked) {
      expect((await ask(encodeRequest(version, [item]))).items).toMatchObject([failed(reason)]);
    }
  });

  it("is told that a version is not spoken", async () => {
    const [item] = (await ask(encodeRequest({ major: 9, minor: 9 }, [query]))).items;
    expect(item).toMatchObject({ reason: ResultReason.InvalidMessage, message: "KMIP 9.9 is not spoken here" });
  });

  it("gets no more bytes than it wants", async () => {
    const answer = await ask(request([query], [integer(Tag.MaximumResponseSize, 128)]));
    expect(answer.items).toMatchObject([failed(ResultReason.ResponseTooLarge)]);
  });
});

describe("a batch", () => {
  const missing: RequestItem = { operation: Operation.Get, payload: [text(Tag.UniqueIdentifier, "missing")] };

  it("stops at its first failure", async () => {
    const { items } = await ask(request(numbered([query, missing, query])));
    expect(items.map(({ status }) => status)).toEqual([ResultStatus.Success, ResultStatus.OperationFailed]);
  });

  it("goes on after a failure when asked to", async () => {
    const goOn = enumeration(Tag.BatchErrorContinuationOption, 1);
    const { items } = await ask(request(numbered([missing, query]), [goOn]));
    expect(items.map(({ status }) => status)).toEqual([ResultStatus.OperationFailed, ResultStatus.Success]);
    expect(items.map(({ batchItemId }) => batchItemId)).toEqual([Buffer.from([0]), Buffer.from([1])]);
  });

  it("is refused when it is endless or its items cannot be told apart", async () => {
    const refused = [failed(ResultReason.InvalidMessage)];
    expect((await ask(request(numbered(Array(65).fill(query))))).items).toMatchObject(refused);
    expect((await ask(request([query, query]))).items).toMatchObject(refused);
  });
});
