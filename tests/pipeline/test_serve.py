import socket

import pytest

from pipeline.commands.serve import check_host, check_port, streamlit_command
from pipeline.errors import UsageError


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_listens_on_this_machine(host):
    check_host(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "::", "example.org", ""])
def test_refuses_to_listen_to_others(host):
    with pytest.raises(UsageError, match="loopback"):
        check_host(host)


def test_says_that_a_port_is_taken():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(UsageError, match=f"Port {port} is taken.*{port + 1}"):
            check_port("127.0.0.1", port)


def test_the_command_names_address_and_port():
    command = streamlit_command("127.0.0.1", 8601)
    assert command[command.index("--server.port") + 1] == "8601"
    assert command[command.index("--server.address") + 1] == "127.0.0.1"
