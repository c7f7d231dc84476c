import type { Server, Socket } from "node:net";

/**
 * A server's connections, from the moment when they are accepted: those whose handshake is not done, which Node's own lists
 * leave out, must not outlive the server either.
 */
export class OpenConnections {
  readonly #sockets = new Set<Socket>();

  constructor(server: Server) {
    server.on("connection", (connection) => {
      this.#sockets.add(connection);
      connection.once("close", () => this.#sockets.delete(connection));
    });
  }

  break(): void {
    for (const connection of this.#sockets) connection.destroy();
  }
}
