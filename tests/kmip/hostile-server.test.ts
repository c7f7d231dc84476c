import { type AddressInfo, createServer as createTcpServer } from "node:net";
import { createServer, type TLSSocket } from "node:tls";
import { KmipClient, KmipConnectionError } from "../../kmip";
import { issue, makeAuthority } from "../kit/certificates";

const authority = makeAuthority();
const ca = authority.certificate;
const serverIdentity = issue(authority, { commonName: "key server", usage: "server" });
const clientIdentity = issue(authority, { commonName: "cluster", usage: "client" });

/** The error of a query to a TLS server that treats each connection with `behaviour`. */
async function errorFrom(behaviour: (socket: TLSSocket) => void, timeoutMs = 5_000): Promise<unknown> {
  const server = createServer({ ...serverIdentity, ca, requestCert: true }, (socket) => {
    socket.on("error", () => socket.destroy());
    behaviour(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const client = await KmipClient.connect({ host: "127.0.0.1", port, ca, ...clientIdentity, timeoutMs });
  const error = await client.query().catch((reason: unknown) => reason);
  await client.close();
  await new Promise((resolve) => server.close(resolve));
  return error;
}

describe("a server that is none", () => {
  it("is found out by an answer in another protocol", async () => {
    const error = await errorFrom((socket) =>
      socket.on("data", () => socket.write("HTTP/1.1 400 Bad Request\r\n\r\n")),
    );
    expect(error).toBeInstanceOf(KmipConnectionError);
    expect(error).toMatchObject({ code: "protocolViolation" });
  });

  it("cannot make the client wait for an endless answer", async () => {
    const huge = Buffer.from("42007b01ffffffff", "hex");
    expect(await errorFrom((socket) => socket.on("data", () => socket.write(huge)))).toMatchObject({
      code: "protocolViolation",
    });
  });

  it("is given up when it does not answer", async () => {
    const error = await errorFrom((socket) => socket.resume(), 200);
    expect(error).toBeInstanceOf(KmipConnectionError);
    expect(error).toMatchObject({ code: "timeout" });
  });

  it("is taken to refuse the certificate when it hangs up without an answer", async () => {
    const error = await errorFrom((socket) => socket.once("data", () => socket.destroy()));
    expect(error).toMatchObject({ code: "clientCertificateRefused" });
  });

  it("is given up when it never gets to TLS", async () => {
    const server = createTcpServer((socket) => socket.resume());
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const attempt = KmipClient.connect({ host: "127.0.0.1", port, ca, ...clientIdentity, timeoutMs: 200 });
    await expect(attempt).rejects.toMatchObject({ code: "timeout" });
    await new Promise((resolve) => server.close(resolve));
  });

  it("is told from one that does not speak TLS", async () => {
    const server = createTcpServer((socket) =>
      socket
        .on("error", () => socket.destroy())
        .resume()
        .end("220 mail.example ESMTP\r\n"),
    );
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const attempt = KmipClient.connect({ host: "127.0.0.1", port, ca, ...clientIdentity });
    await expect(attempt).rejects.toMatchObject({ name: "KmipAuthenticationError", code: "handshakeFailed" });
    await new Promise((resolve) => server.close(resolve));
  });
});
