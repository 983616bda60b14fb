from __future__ import annotations

import os
import stat
import subprocess
import sys

import pytest

from dvc_cli.config import load_settings, write_setting
from dvc_cli.errors import UsageError
from dvc_cli.paths import find_paths


@pytest.fixture
def paths(tmp_path):
    return find_paths({"DVC_HOME": str(tmp_path)})


def write(paths, text):
    paths.config.mkdir(parents=True, exist_ok=True)
    paths.config_file.write_bytes(text if isinstance(text, bytes) else text.encode())


def problem_of(call):
    with pytest.raises(UsageError) as caught:
        call()
    assert caught.value.exit_code == 2
    return caught.value.problems[0]


def test_defaults_without_anything(paths):
    settings = load_settings({}, {}, paths)
    assert [(item.name, item.value, item.origin) for item in settings.listed()] == [
        ("backend", "sandbox", "default"),
        ("url", "", "default"),
        ("lang", "vi", "default"),
        ("no_input", False, "default"),
        ("plain", False, "default"),
        ("token_store", "keyring", "default"),
        ("staff_name", "", "default"),
        ("ward", "", "default"),
        ("keep_days", "180", "default"),
        ("ca_file", "", "default"),
        ("client_certificate", "", "default"),
        ("client_key", "", "default"),
        ("proxy", "", "default"),
        ("timeout", "", "default"),
    ]


def test_the_password_of_a_proxy_is_used_and_never_listed(paths):
    write(paths, 'proxy = "http://ten:mat-khau@proxy.example:3128"\n')
    settings = load_settings({}, {}, paths)
    assert settings.proxy == "http://ten:mat-khau@proxy.example:3128"
    assert ("proxy", "http://***@proxy.example:3128") in [(item.name, item.value) for item in settings.listed()]
    assert "mat-khau" not in repr(settings)


def test_flag_beats_environment_beats_file_beats_default(paths):
    write(paths, 'lang = "en"\nbackend = "http"\nurl = "https://a.example"\nplain = true\n')
    settings = load_settings({"backend": "portal", "lang": None}, {"DVC_BACKEND": "other", "DVC_URL": "https://b.example"}, paths)
    assert (settings.backend, settings.url, settings.lang, settings.plain) == ("portal", "https://b.example", "en", True)
    origins = {name: settings.origins[name] for name in ("backend", "url", "lang", "plain", "token_store")}
    assert origins == {"backend": "flag", "url": "environment", "lang": "config file", "plain": "config file", "token_store": "default"}


@pytest.mark.parametrize(
    ("text", "expected"), [("1", True), ("true", True), ("x", True), ("", False), ("0", False), ("False", False), ("no", False)]
)
@pytest.mark.parametrize(("variable", "name"), [("DVC_NO_INPUT", "no_input"), ("DVC_PLAIN", "plain"), ("ACCESSIBLE", "plain")])
def test_switches_of_the_environment(paths, variable, name, text, expected):
    settings = load_settings({}, {variable: text}, paths)
    assert getattr(settings, name) is expected
    assert settings.origins[name] == ("environment" if expected else "default")


def test_the_passphrase_is_taken_out_of_the_environment_and_never_shown(paths):
    environ = {"DVC_PASSPHRASE": "mật khẩu kho", "PATH": "x"}
    settings = load_settings({}, environ, paths)
    assert settings.passphrase.value == "mật khẩu kho"
    assert environ == {"PATH": "x"}
    assert "mật khẩu" not in repr(settings)
    assert "mật khẩu" not in str(settings.listed())


def test_no_child_inherits_the_passphrase(paths, monkeypatch):
    monkeypatch.setenv("DVC_PASSPHRASE", "mat-khau-kho")
    load_settings({}, os.environ, paths)
    shown = subprocess.run([sys.executable, "-c", "import os; print(dict(os.environ))"], capture_output=True, text=True, check=True)
    assert "mat-khau-kho" not in shown.stdout


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("lang = ", "A-USAGE"),
        ('lang = "fr"', "A-USAGE"),
        ("lang = 1", "A-USAGE"),
        ('plain = "yes"', "A-USAGE"),
        ('token_store = "paper"', "A-USAGE"),
        ("[backend]\nname = 1", "A-USAGE"),
        (b'ward = "\xff"', "A-ENCODING"),
        ("#" * 70_000, "A-TOO-LARGE"),
        ("a = " + "[" * 5000, "A-USAGE"),
    ],
)
def test_a_bad_config_file_is_named(paths, text, code):
    write(paths, text)
    found = problem_of(lambda: load_settings({}, {}, paths))
    assert found.code == code
    assert str(paths.config_file) in found.message


def test_an_unknown_key_in_the_file_names_the_nearest(paths):
    write(paths, 'backnd = "http"\n')
    found = problem_of(lambda: load_settings({}, {}, paths))
    assert found.code == "A-USAGE"
    assert str(paths.config_file) in found.message
    assert "backend" in found.hint


def test_a_folder_in_the_place_of_the_file_is_named(paths):
    paths.config_file.mkdir(parents=True)
    assert str(paths.config_file) in problem_of(lambda: load_settings({}, {}, paths)).message


@pytest.mark.parametrize(
    ("flags", "environ", "named"),
    [({"lang": "fr"}, {}, "--lang"), ({}, {"DVC_LANG": "fr"}, "DVC_LANG"), ({}, {"DVC_TOKEN_STORE": "paper"}, "DVC_TOKEN_STORE")],
)
def test_a_value_outside_its_list_names_where_it_came_from_and_what_is_taken(paths, flags, environ, named):
    found = problem_of(lambda: load_settings(flags, environ, paths))
    assert named in found.message
    assert ("vi, en" in found.hint) or ("keyring, file, memory" in found.hint)


def test_a_file_from_a_windows_editor_is_read(paths):
    write(paths, b'\xef\xbb\xbfstaff_name = "L\xc3\xaa V\xc4\x83n A"\r\nward = "31135"\r\n')
    settings = load_settings({}, {}, paths)
    assert (settings.staff_name, settings.ward) == ("Lê Văn A", "31135")


def test_what_config_set_writes_is_read_back(paths):
    assert write_setting(paths, "staff_name", 'Nguyễn "Ba" \\ Tư').value == 'Nguyễn "Ba" \\ Tư'
    assert write_setting(paths, "plain", "có").value is True
    assert write_setting(paths, "plain", "false").value is False
    assert write_setting(paths, "lang", "en").origin == "config file"
    settings = load_settings({}, {}, paths)
    assert (settings.staff_name, settings.plain, settings.lang) == ('Nguyễn "Ba" \\ Tư', False, "en")
    assert stat.S_IMODE(paths.config_file.stat().st_mode) == 0o600


def test_config_set_keeps_the_comments_and_lines_of_others(paths):
    write(paths, '# máy số 3\nlang = "vi"  # tiếng Việt\n\nward = "31135"\n')
    write_setting(paths, "lang", "en")
    assert paths.config_file.read_text("utf-8") == '# máy số 3\nlang = "en"\n\nward = "31135"\n'


def test_config_set_with_an_empty_value_takes_the_setting_out(paths):
    write(paths, '# máy số 3\nlang = "en"\nward = "31135"\n')
    setting = write_setting(paths, "lang", "")
    assert (setting.value, setting.origin) == ("vi", "default")
    assert paths.config_file.read_text("utf-8") == '# máy số 3\nward = "31135"\n'


def test_config_set_mends_a_value_over_several_lines(paths):
    write(paths, 'staff_name = """\nLê\nVăn A"""\nlang = "en"\n')
    write_setting(paths, "staff_name", "Lê Văn B")
    settings = load_settings({}, {}, paths)
    assert (settings.staff_name, settings.lang) == ("Lê Văn B", "en")


@pytest.mark.parametrize(("key", "value"), [("lnag", "vi"), ("lang", "fr"), ("plain", "maybe"), ("passphrase", "x")])
def test_config_set_refuses_what_it_does_not_know_and_writes_nothing(paths, key, value):
    assert problem_of(lambda: write_setting(paths, key, value)).code == "A-USAGE"
    assert not paths.config_file.exists()
