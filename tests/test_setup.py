import pytest

from scripts import setup


def missing(package: str) -> setup.Need:
    return setup.Need(package, ("nowhere",), lambda name: False)


def test_what_is_missing_is_named_where_it_cannot_be_installed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("shutil.which", lambda name: None)
    with pytest.raises(SystemExit, match="Missing: libone libtwo\n"):
        setup.install_missing((missing("libone"), missing("libtwo")))


def test_what_is_missing_is_installed_where_apt_can(monkeypatch: pytest.MonkeyPatch) -> None:
    commands: list[str] = []
    installed: set[str] = set()

    def run(*command: str) -> str:
        commands.append(" ".join(command[-3:]))
        installed.add(command[-1])
        return ""

    monkeypatch.setattr(setup, "_apt_get", lambda: ("apt-get",))
    monkeypatch.setattr(setup, "run", run)
    setup.install_missing((setup.Need("libone", ("libone",), installed.__contains__),))
    assert commands == ["apt-get update", "--yes --no-install-recommends libone"]


def test_nothing_is_installed_where_nothing_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setup, "run", lambda *command: pytest.fail(f"ran {command}"))
    setup.install_missing((setup.Need("libone", ("libone",), lambda name: True),))


def test_a_failing_command_stops_with_its_last_words() -> None:
    with pytest.raises(SystemExit, match=r"(?s)no-such-option.*failed with exit code"):
        setup.run("python3", "--no-such-option")


def test_an_old_python_is_told_how_to_name_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setup, "MINIMUM", (4, 0))
    with pytest.raises(SystemExit, match=r"(?s)Python 4\.0 or newer.* is 3\..*PYTHON="):
        setup.require_python()


def test_the_dictionary_of_every_language_is_among_what_is_installed() -> None:
    assert {(need.package, need.names) for need in setup.dictionaries()} == {
        ("hunspell-da", ("da_DK",)),
        ("hunspell-no", ("nb_NO",)),
        ("hunspell-no", ("nn_NO",)),
        ("hunspell-sv", ("sv_SE",)),
    }
    assert all(need.met() for need in setup.dictionaries())
