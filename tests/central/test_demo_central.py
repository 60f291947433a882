"""The demo's central finds a port when its own is taken, and ends with the demo."""

import socket

import httpx

from branch_console.demo.central import DemoCentral, serving_url
from tests.fixtures.central import open_folder


def test_somebody_else_listens_where_it_usually_does() -> None:
    with open_folder() as home, socket.create_server(("127.0.0.1", 0)) as other:
        taken = int(other.getsockname()[1])
        central = DemoCentral.find_or_start(home, taken)
        try:
            assert httpx.URL(central.url).port != taken
            assert serving_url(home) == central.url
            assert DemoCentral.find_or_start(home, taken).child is None
        finally:
            central.stop()
        assert serving_url(home) is None
