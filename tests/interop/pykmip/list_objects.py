"""Prints what PyKMIP's database holds, as JSON: list_objects.py DATABASE."""

import json
import sys

from kmip.pie.objects import SymmetricKey
from sqlalchemy import create_engine
from sqlalchemy.orm import Session


def describe(key: SymmetricKey) -> dict:
    return {
        "uid": str(key.unique_identifier),
        "names": list(key.names),
        "state": key.state.name,
        "algorithm": key.cryptographic_algorithm.name,
        "length": key.cryptographic_length,
        "owner": key._owner,
    }


with Session(create_engine(f"sqlite:///{sys.argv[1]}")) as session:
    print(json.dumps([describe(key) for key in session.query(SymmetricKey).order_by(SymmetricKey.unique_identifier)]))
