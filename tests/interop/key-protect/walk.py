"""What the walks of all Python clients share: each takes a region from its token to a destroyed object and a deleted root key."""

import json
import sys


def refused(call, error_type, response_of) -> list:
    """Status and reason code of the error that the call ends in."""
    try:
        call()
    except error_type as error:
        response = response_of(error)
        return [response.status_code, response.json()["resources"][0].get("reasons", [{}])[0].get("code")]
    raise AssertionError("the call was not refused")


def text_of(call, error_type) -> str:
    """What the user is told."""
    try:
        call()
    except error_type as error:
        return str(error)
    raise AssertionError("the call was not refused")


def run(walk) -> None:
    print(json.dumps(walk(json.load(sys.stdin))))
