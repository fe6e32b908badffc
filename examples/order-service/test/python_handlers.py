"""Loads the handlers as Lambda does, each with its own folder on the path, and with a boto3 of our own."""

import sys
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from unittest import mock

APP = Path(__file__).parent.parent


def load(folder, module, clients=None):
    path = str(APP / folder)
    boto3 = SimpleNamespace(client=lambda service: clients[service])
    own = [file.stem for file in (APP / folder).glob("*.py")]
    with mock.patch.dict(sys.modules, {"boto3": boto3}), mock.patch.object(sys, "path", [path, *sys.path]):
        for name in own:
            sys.modules.pop(name, None)
        return import_module(module)


class FakeS3:
    def __init__(self):
        self.written = []

    def put_object(self, **request):
        self.written.append(request)


class FakeDynamoDB:
    def __init__(self, *pages):
        self.pages = pages
        self.queries = []

    def get_paginator(self, operation):
        assert operation == "query"
        return self

    def paginate(self, **query):
        self.queries.append(query)
        return [{"Items": items} for items in self.pages]
