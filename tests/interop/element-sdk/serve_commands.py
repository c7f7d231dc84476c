"""Calls the vendor's SDK for whoever writes commands to standard input, one JSON object a line, and answers each with a line.

{"host", "port", "username", "password", "call": "create_key_provider_kmip", "args": {...}}
-> {"result": {...}} or {"refused": <name of the error, or why there is no answer>}
"""

import json
import logging
import sys

from requests import RequestException
from solidfire.common import ApiConnectionError, ApiServerError
from solidfire.factory import ElementFactory

logging.disable(logging.CRITICAL)

connections: dict = {}


def connection(given: dict):
    """The SDK asks for the API's version when it connects: once for each cluster."""
    address = (given["host"], given["port"], given["password"])
    if address not in connections:
        connections[address] = ElementFactory.create(
            given["host"], given["username"], given["password"], port=given["port"], print_ascii_art=False
        )
    return connections[address]


def answer(given: dict) -> dict:
    try:
        result = getattr(connection(given), given["call"])(**given["args"])
    except ApiServerError as error:
        return {"refused": error.error_name}
    except (ApiConnectionError, RequestException) as error:
        return {"refused": f"no answer: {error}"}
    except (TypeError, AttributeError) as error:
        # What the SDK makes of a body that is literally null.
        return {"refused": f"no answer: {error}"}
    return {"result": result if isinstance(result, dict) else result.to_json()}


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))), flush=True)
