import socket

import pytest

from pipeline.commands.serve import check_host, check_port, login_flags, require_team, streamlit_command
from pipeline.errors import UsageError
from pipeline.store.engine import open_store
from pipeline.store.login import Login

LOGIN = Login("https://rasid.example.org", "https://login.example.org", "rasid", "secret")


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


def test_with_a_login_others_may_reach_it_by_its_name_only(tmp_path):
    check_host("0.0.0.0", LOGIN)
    flags = login_flags(LOGIN, tmp_path / "secrets.toml")
    pairs = list(zip(flags[::2], flags[1::2], strict=True))
    hosts = [value for name, value in pairs if name == "--server.allowedHosts"]
    assert hosts == ["rasid.example.org", "localhost", "127.0.0.1"]
    assert ("--secrets.files", str(tmp_path / "secrets.toml")) in pairs
    assert ("--browser.serverAddress", "rasid.example.org") in pairs


def test_a_login_needs_a_store_and_says_that_an_empty_one_lets_nobody_in(tmp_path, capsys):
    with pytest.raises(UsageError, match="needs a store"):
        require_team(None)
    open_store(tmp_path / "store.rasid").close()
    require_team(str(tmp_path / "store.rasid"))
    assert "rasid store user add" in capsys.readouterr().err
