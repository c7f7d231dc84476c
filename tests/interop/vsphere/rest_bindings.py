"""Lets VMware's own bindings speak to the REST API below /api.

Their stubs say how each operation goes over REST, but for those that are there as tasks alone; their runtime leaves out the
parameter that selects an action, and reads answers in the envelope of the older API below /rest. These three are filled in
here, and nothing else.
"""

import copy
import json
import time
import urllib.parse

import requests
from vmware.vapi.bindings.converter import TypeConverter
from vmware.vapi.bindings.stub import ApiInterfaceStub
from vmware.vapi.lib.connect import get_requests_connector
from vmware.vapi.protocol.client.http_lib import HTTPResponse
from vmware.vapi.protocol.client.rpc.requests_provider import RequestsRpcProvider
from vmware.vapi.security.client.security_context_filter import LegacySecurityContextFilter
from vmware.vapi.stdlib.client.factories import StubConfigurationFactory

ERRORS = "com.vmware.vapi.std.errors."

make_stub = ApiInterfaceStub.__init__
send = RequestsRpcProvider.do_request


def make_stub_with_tasks(stub, config, operations, rest_metadata=None, is_vapi_rest=None, **names):
    for metadata in rest_metadata.values():
        metadata._url_template += query_of(metadata._dispatch_parameters)
    for operation in [name for name in operations if name.endswith("$task")]:
        metadata = copy.copy(rest_metadata[operation.removesuffix("$task")])
        metadata._url_template += query_of({"vmw-task": "true"})
        rest_metadata[operation] = metadata
    make_stub(stub, config=config, operations=operations, rest_metadata=rest_metadata, is_vapi_rest=is_vapi_rest, **names)


def query_of(parameters: dict) -> str:
    return f"?{urllib.parse.urlencode(parameters)}" if parameters else ""


def send_with_envelope(provider, request) -> HTTPResponse:
    answer = send(provider, request)
    if answer.body == "":
        return answer
    body = json.loads(answer.body)
    return HTTPResponse(answer.status, answer.headers, json.dumps(enveloped(answer.status, body)), answer)


def enveloped(status: int, body) -> dict:
    if status < 400:
        return {"value": body}
    return {"type": ERRORS + body.pop("error_type").lower(), "value": body}


ApiInterfaceStub.__init__ = make_stub_with_tasks
RequestsRpcProvider.do_request = send_with_envelope


def connect(endpoint: str, authorities: str, security_context):
    """The bindings' configuration for a caller with these credentials."""
    session = requests.Session()
    session.verify = authorities
    # Otherwise the environment's authorities win over the session's.
    session.trust_env = False
    connector = get_requests_connector(
        session=session,
        msg_protocol="rest",
        url=f"{endpoint}/api",
        provider_filter_chain=[LegacySecurityContextFilter(security_context=security_context)],
    )
    return StubConfigurationFactory.new_std_configuration(connector)


class TaskFailed(Exception):
    def __init__(self, error):
        super().__init__(str(error))
        self.error = error


def completed(task):
    """The result of a task, by the bindings' own types, once it has come to its end."""
    while True:
        info = task.get_info()
        if info.status == "FAILED":
            raise TaskFailed(info.error)
        if info.status == "SUCCEEDED":
            if info.result is None:
                return None
            return TypeConverter.convert_to_python(info.result, task.result_type, rest_converter_mode="VAPI_REST")
        time.sleep(0.02)
