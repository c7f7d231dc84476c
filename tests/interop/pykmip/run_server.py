"""Runs PyKMIP's server until standard input ends: run_server.py DIRECTORY.

DIRECTORY holds server.pem, server.key and ca.pem; the log and the database go there too. The first line on standard
output is one JSON object with the port, written once connections are accepted.
"""

import json
import os
import signal
import sys
import threading

from kmip.services.server import KmipServer


def end_with_standard_input() -> None:
    sys.stdin.read()
    os.kill(os.getpid(), signal.SIGINT)


def main(directory: str) -> None:
    policies = os.path.join(directory, "policies")
    os.makedirs(policies, exist_ok=True)
    server = KmipServer(
        hostname="127.0.0.1",
        port=5696,
        certificate_path=os.path.join(directory, "server.pem"),
        key_path=os.path.join(directory, "server.key"),
        ca_path=os.path.join(directory, "ca.pem"),
        auth_suite="TLS1.2",
        config_path=None,
        log_path=os.path.join(directory, "server.log"),
        policy_path=policies,
        enable_tls_client_auth=True,
        logging_level="INFO",
        database_path=os.path.join(directory, "pykmip.db"),
    )
    # A free port: the constructor does not let 0 pass.
    server.config.settings["port"] = 0
    server.start()
    server._socket.listen()
    print(json.dumps({"port": server._socket.getsockname()[1]}), flush=True)
    threading.Thread(target=end_with_standard_input, daemon=True).start()
    server.serve()
    server.policy_monitor.stop()
    server.policy_monitor.join()
    server.manager.shutdown()
    # The server's own stop waits ten seconds for each client that is still connected.
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1])
